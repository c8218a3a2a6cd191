package io.millrace.model.control;

import java.util.regex.Pattern;

/**
 * One definition of a reference table: its name, and a number that no other definition has.
 *
 * @param table a lower-case letter and up to 62 of a-z, 0-9 and underscore
 * @param number above zero
 */
public record TableGeneration(String table, long number) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

  public TableGeneration {
    if (!NAME.matcher(table).matches()) {
      throw new IllegalArgumentException(
          "table: \""
              + table
              + "\" is not a lower-case letter and up to 62 of a-z, 0-9 and underscore");
    }
    if (number < 1) {
      throw new IllegalArgumentException("number: expected above zero, got " + number);
    }
  }

  /** The name and the number, such as {@code products@3}, which no name of a table can be. */
  @Override
  public String toString() {
    return table + '@' + number;
  }
}
