package io.millrace.query.sql.jdbc;

import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.avatica.ConnectionPropertiesImpl;
import org.apache.calcite.avatica.Meta;

/** A connection with its statements. Safe for any number of threads. */
final class JdbcConnection {
  private static final int MOST_STATEMENTS = 50;

  private final Map<Integer, JdbcStatement> statements = new LinkedHashMap<>();
  private Meta.ConnectionProperties properties =
      new ConnectionPropertiesImpl(true, true, java.sql.Connection.TRANSACTION_NONE, null, null);
  private long lastUsed;

  JdbcConnection(long now) {
    lastUsed = now;
  }

  synchronized void use(long now) {
    lastUsed = now;
  }

  synchronized long lastUsed() {
    return lastUsed;
  }

  /**
   * What the driver has set; it changes nothing here, where all is read and nothing written. Names
   * of a catalog and a schema are not kept: there is one of each, and a name can be of any length.
   */
  synchronized Meta.ConnectionProperties with(Meta.ConnectionProperties changed) {
    properties = properties.merge(changed).setCatalog(null).setSchema(null);
    return properties;
  }

  synchronized JdbcStatement open(int id, Optional<String> prepared) {
    if (statements.size() >= MOST_STATEMENTS) {
      throw new QueryException(
          QueryErrorCode.TOO_BUSY,
          "a connection has at most " + MOST_STATEMENTS + " statements; close some");
    }
    var statement = new JdbcStatement(id, prepared);
    statements.put(id, statement);
    return statement;
  }

  synchronized Optional<JdbcStatement> statement(int id) {
    return Optional.ofNullable(statements.get(id));
  }

  synchronized void close(int id) {
    JdbcStatement statement = statements.remove(id);
    if (statement != null) {
      statement.end();
    }
  }

  synchronized void close() {
    statements.values().forEach(JdbcStatement::end);
    statements.clear();
  }

  synchronized long bytesHeld() {
    return statements.values().stream().mapToLong(JdbcStatement::bytesHeld).sum();
  }
}
