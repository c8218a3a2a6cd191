package io.millrace.server.sql;

import java.util.Locale;
import java.util.Set;

/**
 * A column of an answer.
 *
 * @param type in SQL, such as {@code VARCHAR} or {@code DECIMAL(38, 6)}
 */
record Column(String name, String type) {
  private static final Set<String> NUMBERS =
      Set.of(
          "TINYINT",
          "SMALLINT",
          "INTEGER",
          "BIGINT",
          "DECIMAL",
          "NUMERIC",
          "REAL",
          "FLOAT",
          "DOUBLE");

  boolean isNumber() {
    String word = type.toUpperCase(Locale.ROOT).split("[ (]", 2)[0];
    return NUMBERS.contains(word);
  }
}
