package io.millrace.query.sql.jdbc;

import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The connections there are. One that is not used for a while is closed, when any other is used.
 * Safe for any number of threads.
 */
final class JdbcConnections {
  static final int MOST_CONNECTIONS = 100;

  /** So that one caller cannot take all. */
  static final int MOST_OF_ONE = 20;

  static final Duration LONGEST_IDLE = Duration.ofMinutes(10);
  private static final long MOST_BYTES_HELD = 64L << 20;
  private static final int LONGEST_NAME = 200;

  private final InstantSource clock;
  private final Map<Key, JdbcConnection> connections = new LinkedHashMap<>();

  /**
   * What tells connections apart. Drivers name them as they like, so the name alone is no proof of
   * having opened one.
   *
   * @param caller the id of who has opened it; empty where nobody is asked who they are
   */
  record Key(String caller, String name) {}

  JdbcConnections(InstantSource clock) {
    this.clock = clock;
  }

  /** Opens one by the name that the driver has given it; one of that name stays. */
  synchronized void open(Key key) {
    closeIdle();
    if (key.name().length() > LONGEST_NAME) {
      throw new QueryException(
          QueryErrorCode.BAD_PARAMETER, "the name of a connection is too long");
    }
    if (!connections.containsKey(key)) {
      requireFree(key.caller());
      connections.put(key, new JdbcConnection(clock.millis()));
    }
  }

  private void requireFree(String caller) {
    long own = connections.keySet().stream().filter(key -> key.caller().equals(caller)).count();
    if (!caller.isEmpty() && own >= MOST_OF_ONE) {
      throw new QueryException(
          QueryErrorCode.TOO_MANY_REQUESTS,
          "this token has "
              + MOST_OF_ONE
              + " connections; close some, or wait until they are idle");
    }
    if (connections.size() >= MOST_CONNECTIONS) {
      throw new QueryException(
          QueryErrorCode.TOO_BUSY,
          "there are "
              + MOST_CONNECTIONS
              + " connections; close some, or wait until they are idle");
    }
  }

  /**
   * The connection of a name.
   *
   * @throws NoConnectionException where there is none, or no longer
   */
  synchronized JdbcConnection get(Key key) {
    closeIdle();
    JdbcConnection connection = connections.get(key);
    if (connection == null) {
      throw new NoConnectionException();
    }
    connection.use(clock.millis());
    return connection;
  }

  synchronized void close(Key key) {
    Optional.ofNullable(connections.remove(key)).ifPresent(JdbcConnection::close);
  }

  /**
   * Requires that there is room for what an answer leaves to be fetched, or a statement to be
   * executed.
   *
   * @throws QueryException where there is none
   */
  synchronized void requireRoom(long bytes) {
    long held = connections.values().stream().mapToLong(JdbcConnection::bytesHeld).sum();
    if (bytes > 0 && held + bytes > MOST_BYTES_HELD) {
      throw new QueryException(
          QueryErrorCode.TOO_BUSY,
          "answers that wait to be fetched and prepared statements fill the memory; fetch them, or"
              + " close their statements");
    }
  }

  synchronized int size() {
    return connections.size();
  }

  private void closeIdle() {
    long oldest = clock.millis() - LONGEST_IDLE.toMillis();
    connections
        .values()
        .removeIf(
            connection -> {
              boolean isIdle = connection.lastUsed() < oldest;
              if (isIdle) {
                connection.close();
              }
              return isIdle;
            });
  }

  /** Tells the driver to open its connection anew. */
  static final class NoConnectionException extends RuntimeException {
    NoConnectionException() {
      super("there is no such connection, or it was idle for too long", null, false, false);
    }
  }
}
