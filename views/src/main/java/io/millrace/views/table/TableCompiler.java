package io.millrace.views.table;

/** Makes a plan of a table of what somebody wrote. Safe for any number of threads. */
@FunctionalInterface
public interface TableCompiler {

  /**
   * The plan of a definition.
   *
   * @throws RuntimeException for a text that is not a definition of a table
   */
  TablePlan compile(String text);
}
