package io.millrace.bench;

import java.io.PrintStream;

/**
 * Shows tables on standard output as soon as they are there, and what is being done on standard
 * error. For one thread.
 */
final class Report {
  private final PrintStream tables;
  private final PrintStream steps;
  private final boolean markdown;

  Report(PrintStream tables, PrintStream steps, boolean markdown) {
    this.tables = tables;
    this.steps = steps;
    this.markdown = markdown;
  }

  /** Says what is being done now. */
  void step(String what) {
    steps.println(what + " …");
  }

  void add(Table table) {
    tables.println();
    tables.print(markdown ? table.markdown() : table.text());
    tables.flush();
  }

  void add(BarChart chart) {
    tables.println();
    tables.print(markdown ? chart.markdown() : chart.text());
    tables.flush();
  }
}
