package io.millrace.server.sql;

/**
 * What the server says against a statement.
 *
 * @param message for a person
 * @param line of the statement where it is wrong, from 1; 0 where that cannot be said
 * @param column in that line, from 1; 0 where that cannot be said
 */
public record SqlError(String message, int line, int column) {

  /** One without a place. */
  static SqlError of(String message) {
    return new SqlError(message, 0, 0);
  }

  boolean hasPlace() {
    return line > 0 && column > 0;
  }
}
