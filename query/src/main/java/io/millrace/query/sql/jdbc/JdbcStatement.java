package io.millrace.query.sql.jdbc;

import io.millrace.query.sql.QueryStop;
import java.util.Optional;

/** A statement of a connection: what was prepared, what runs, what waits to be fetched. */
final class JdbcStatement {
  private final int id;
  private final Optional<String> prepared;
  private Optional<QueryStop> running = Optional.empty();
  private Optional<OpenResult> result = Optional.empty();

  JdbcStatement(int id, Optional<String> prepared) {
    this.id = id;
    this.prepared = prepared;
  }

  int id() {
    return id;
  }

  /** The text, of a prepared statement. */
  Optional<String> prepared() {
    return prepared;
  }

  /** Begins a query, and ends the one before. */
  synchronized QueryStop begin() {
    end();
    var stop = new QueryStop();
    running = Optional.of(stop);
    return stop;
  }

  /** Keeps what is still to be fetched, unless the query was ended meanwhile. */
  synchronized void finish(QueryStop stop, Optional<OpenResult> rest) {
    if (running.filter(stop::equals).isPresent()) {
      running = Optional.empty();
      result = rest;
    }
  }

  synchronized Optional<OpenResult> result() {
    return result;
  }

  /** Of what was prepared, and of what waits. */
  synchronized long bytesHeld() {
    return prepared.map(JdbcStatement::bytesOf).orElse(0L)
        + result.map(OpenResult::bytes).orElse(0L);
  }

  static long bytesOf(String text) {
    return 2L * text.length();
  }

  synchronized void dropResult() {
    result = Optional.empty();
  }

  /** Stops what runs, and forgets what waits. */
  synchronized void end() {
    running.ifPresent(QueryStop::cancel);
    running = Optional.empty();
    result = Optional.empty();
  }
}
