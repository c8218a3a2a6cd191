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
  static final Duration LONGEST_IDLE = Duration.ofMinutes(10);
  private static final long MOST_BYTES_HELD = 64L << 20;
  private static final int LONGEST_NAME = 200;

  private final InstantSource clock;
  private final Map<String, JdbcConnection> connections = new LinkedHashMap<>();

  JdbcConnections(InstantSource clock) {
    this.clock = clock;
  }

  /** Opens one by the name that the driver has given it; one of that name stays. */
  synchronized void open(String name) {
    closeIdle();
    if (name.length() > LONGEST_NAME) {
      throw new QueryException(
          QueryErrorCode.BAD_PARAMETER, "the name of a connection is too long");
    }
    if (connections.size() >= MOST_CONNECTIONS && !connections.containsKey(name)) {
      throw new QueryException(
          QueryErrorCode.TOO_BUSY,
          "there are "
              + MOST_CONNECTIONS
              + " connections; close some, or wait until they are idle");
    }
    connections.computeIfAbsent(name, none -> new JdbcConnection(clock.millis()));
  }

  /**
   * The connection of a name.
   *
   * @throws NoConnectionException where there is none, or no longer
   */
  synchronized JdbcConnection get(String name) {
    closeIdle();
    JdbcConnection connection = connections.get(name);
    if (connection == null) {
      throw new NoConnectionException();
    }
    connection.use(clock.millis());
    return connection;
  }

  synchronized void close(String name) {
    Optional.ofNullable(connections.remove(name)).ifPresent(JdbcConnection::close);
  }

  /**
   * Requires that there is room for what an answer leaves to be fetched.
   *
   * @throws QueryException where there is none
   */
  synchronized void requireRoom(long bytes) {
    long held = connections.values().stream().mapToLong(JdbcConnection::bytesHeld).sum();
    if (bytes > 0 && held + bytes > MOST_BYTES_HELD) {
      throw new QueryException(
          QueryErrorCode.TOO_BUSY,
          "answers that wait to be fetched fill the memory; fetch them, or close their statements");
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
