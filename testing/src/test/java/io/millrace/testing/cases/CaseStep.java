package io.millrace.testing.cases;

import java.util.List;

/**
 * A part of a case file that does something.
 *
 * <p>Lines are counted from 0, as they are in the list of the file's lines.
 */
sealed interface CaseStep {

  /** Where it begins. */
  int line();

  /** {@code CREATE MATERIALIZED VIEW …}: there is this view, from the beginning. */
  record Define(int line, String statement) implements CaseStep {}

  /** Events come, one a line. */
  record Send(int line, List<String> events) implements CaseStep {}

  /**
   * A query, and the table that follows it.
   *
   * @param tableFrom the first line of the table; where it has to be, if there is none yet
   * @param table its lines; none, where the file has no table yet
   */
  record Ask(int line, String query, int tableFrom, List<String> table) implements CaseStep {}
}
