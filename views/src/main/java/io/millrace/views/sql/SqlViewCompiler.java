package io.millrace.views.sql;

import io.millrace.model.control.TableDefinition;
import io.millrace.model.control.ViewDefinition;
import io.millrace.views.ViewPlan;
import io.millrace.views.table.ReferenceTable;
import io.millrace.views.table.ReferenceTables;
import java.util.Collection;
import java.util.Optional;

/**
 * Makes plans of definitions in SQL, with the reference tables that they mean. Safe for any number
 * of threads.
 */
public final class SqlViewCompiler implements io.millrace.views.ViewCompiler {
  private final ReferenceTables tables;

  public SqlViewCompiler(ReferenceTables tables) {
    this.tables = tables;
  }

  /** Over the tables that have a name now. */
  @Override
  public ViewPlan compile(String name, String text) {
    return named(name, ViewCompiler.compile(text, tables.known()));
  }

  @Override
  public ViewPlan compile(ViewDefinition definition) {
    Collection<TableDefinition> defined = definition.tables().values();
    return named(
        definition.name(),
        ViewCompiler.compile(
            definition.text(),
            defined.stream()
                .map(tables::table)
                .flatMap(Optional<ReferenceTable>::stream)
                .toList()));
  }

  private static ViewPlan named(String name, ViewPlan plan) {
    if (!plan.name().equals(name)) {
      throw new IllegalArgumentException(
          "the definition of " + name + " says that it is " + plan.name());
    }
    return plan;
  }
}
