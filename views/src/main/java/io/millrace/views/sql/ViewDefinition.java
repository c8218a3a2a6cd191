package io.millrace.views.sql;

import io.millrace.views.sql.SqlException.Position;
import java.util.Map;

/**
 * What {@code CREATE MATERIALIZED VIEW} says.
 *
 * @param name as in the statement, in lower case
 * @param replaces whether it may take the place of a view of that name
 * @param onlyIfAbsent whether nothing is to be done where there is one of that name
 * @param options by name in lower case, those of {@code WITH}
 * @param query the text after {@code AS}, with blanks before it, so that it stands where it stood
 * @param position of the name
 */
record ViewDefinition(
    String name,
    boolean replaces,
    boolean onlyIfAbsent,
    Map<String, Option> options,
    String query,
    Position position) {

  ViewDefinition {
    options = Map.copyOf(options);
  }

  /** One value of {@code WITH}. */
  record Option(String value, Position position) {}
}
