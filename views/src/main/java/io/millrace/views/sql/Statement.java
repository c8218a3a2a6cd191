package io.millrace.views.sql;

import io.millrace.model.control.ViewStart;
import io.millrace.model.control.ViewSwap;
import io.millrace.views.table.TablePlan;
import java.util.Optional;

/** What somebody wants of the views. */
public sealed interface Statement {

  /**
   * A question, in the language that Calcite reads.
   *
   * @param text with blanks before it, where a word of ours was
   * @param isExplained whether the plan is wanted in place of the answer
   */
  record Query(String text, boolean isExplained) implements Statement {}

  /**
   * {@code CREATE [OR REPLACE] MATERIALIZED VIEW}.
   *
   * @param text all of it
   */
  record CreateView(
      String name,
      boolean replaces,
      boolean onlyIfAbsent,
      ViewStart start,
      ViewSwap swap,
      String text,
      SqlException.Position position)
      implements Statement {}

  /** {@code ALTER MATERIALIZED VIEW name SWAP}: replaces it by the one that waits to. */
  record SwapView(String name, SqlException.Position position) implements Statement {}

  /** {@code DROP MATERIALIZED VIEW [IF EXISTS] name}. */
  record DropView(String name, boolean ifExists, SqlException.Position position)
      implements Statement {}

  /**
   * {@code CREATE TABLE}: reference data, from a topic of somebody else.
   *
   * @param text all of it
   */
  record CreateTable(TablePlan plan, String text, SqlException.Position position)
      implements Statement {}

  /** {@code DROP TABLE [IF EXISTS] name}. */
  record DropTable(String name, boolean ifExists, SqlException.Position position)
      implements Statement {}

  /** {@code SHOW VIEWS}. */
  record ShowViews() implements Statement {}

  /** {@code SHOW TABLES}: what a view can be made of, and how far reference tables are read. */
  record ShowTables() implements Statement {}

  /** {@code SHOW FUNCTIONS}. */
  record ShowFunctions() implements Statement {}

  /** {@code SHOW CREATE VIEW name}: the statement that it was defined by. */
  record ShowCreate(String name, SqlException.Position position) implements Statement {}

  /** {@code SHOW DIFFERENCES OF name}: between a view and the one that is to replace it. */
  record ShowDifferences(String name, SqlException.Position position) implements Statement {}

  /** {@code DESCRIBE name}: the columns of a view or table. */
  record Describe(String name, SqlException.Position position) implements Statement {}

  /**
   * {@code EXPLAIN VIEW name}, or {@code EXPLAIN CREATE …}: what is computed for a view, and what
   * it costs.
   *
   * @param name of one that there is
   * @param created the statement that would make one
   */
  record ExplainView(
      Optional<String> name, Optional<CreateView> created, SqlException.Position position)
      implements Statement {}
}
