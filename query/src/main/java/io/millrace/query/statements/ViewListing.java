package io.millrace.query.statements;

import io.millrace.model.cell.Grain;
import io.millrace.model.control.TableDefinition;
import io.millrace.model.control.ViewDefinition;
import io.millrace.model.control.ViewDefinitions;
import io.millrace.model.control.ViewStart;
import io.millrace.query.error.Position;
import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import io.millrace.query.sql.SqlAnswer;
import io.millrace.query.sql.SqlQueries;
import io.millrace.views.BackfillProgress;
import io.millrace.views.DefinedViews;
import io.millrace.views.Dimension;
import io.millrace.views.ReadColumn;
import io.millrace.views.ViewCatalog;
import io.millrace.views.ViewControl;
import io.millrace.views.ViewPlan;
import io.millrace.views.sql.BuiltInSql;
import io.millrace.views.sql.SourceTables;
import io.millrace.views.table.ReferenceTable;
import io.millrace.views.table.ReferenceTables;
import io.millrace.views.table.TablePlan;
import io.millrace.views.table.TableStatus;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tells which views and tables there are, and what their columns are. */
final class ViewListing {
  private static final String BUILT_IN = "built in";

  private final DefinedViews views;
  private final ViewControl control;
  private final SqlQueries queries;

  ViewListing(DefinedViews views, ViewControl control, SqlQueries queries) {
    this.views = views;
    this.control = control;
    this.queries = queries;
  }

  SqlAnswer views(int maxRows) {
    var rows = new Rows("view", "state", "windows", "groups", "aggregates", "generation");
    ViewCatalog.builtIn().plans().forEach(plan -> add(plan.name(), BUILT_IN, plan, rows));
    DefinedViews.Known known = views.known();
    ViewDefinitions.Known definitions = views.definitions().known();
    definitions
        .all()
        .sorted(
            Comparator.comparing(ViewDefinition::name)
                .thenComparingLong(definition -> definition.generation().number()))
        .forEach(
            definition -> {
              Optional<ViewPlan> plan =
                  known.view(definition.generation()).map(view -> view.plan());
              String refusal = known.refused().get(definition.generation());
              rows.add(
                  definition.name(),
                  refusal == null ? state(definition, definitions) : "refused: " + refusal,
                  plan.map(ViewListing::windows).orElse(null),
                  plan.map(ViewListing::groups).orElse(null),
                  plan.map(ViewListing::aggregates).orElse(null),
                  definition.generation().cells());
            });
    return rows.answer(maxRows);
  }

  private static void add(String name, String state, ViewPlan plan, Rows rows) {
    rows.add(name, state, windows(plan), groups(plan), aggregates(plan), null);
  }

  private String state(ViewDefinition definition, ViewDefinitions.Known definitions) {
    if (DefinedViews.isBuiltIn(definition.name())) {
      return "cannot be read: there is a built-in view of this name";
    }
    boolean isNext = definition.equals(definitions.next().get(definition.name()));
    return switch (definition.backfill()) {
      case WAITING -> "waits for its past";
      case RUNNING ->
          control
              .progress(definition.generation())
              .filter(progress -> progress.total() > 0)
              .map(ViewListing::percent)
              .orElse("gets its past");
      case COMPLETE ->
          isNext
              ? "waits to be told to swap"
              : definition.start() == ViewStart.NOW ? "complete since it began" : "complete";
      case LOST -> "its past was lost; create it anew";
    };
  }

  private static String percent(BackfillProgress progress) {
    return "gets its past, " + 100 * progress.processed() / progress.total() + " %";
  }

  private static String windows(ViewPlan plan) {
    return plan.grains().stream()
        .sorted(Grain.BY_LENGTH)
        .map(Grain::label)
        .collect(Collectors.joining(", "));
  }

  private static String groups(ViewPlan plan) {
    return plan.dimensions().stream().map(Dimension::label).collect(Collectors.joining(", "));
  }

  private static String aggregates(ViewPlan plan) {
    return plan.readColumns().stream().map(ReadColumn::name).collect(Collectors.joining(", "));
  }

  SqlAnswer tables(int maxRows) {
    var rows = new Rows("table", "about");
    SourceTables.all().forEach(table -> rows.add(table.name(), table.about()));
    ReferenceTables tables = control.tables();
    views.definitions().known().tables().values().stream()
        .sorted(Comparator.comparing(TableDefinition::name))
        .forEach(
            definition ->
                rows.add(
                    definition.name(),
                    tables
                        .table(definition)
                        .map(ViewListing::about)
                        .orElseGet(
                            () -> "refused: " + tables.refusal(definition).orElse("unknown"))));
    return rows.answer(maxRows);
  }

  private static String about(ReferenceTable table) {
    TableStatus status = table.status();
    return "reference data of the topic "
        + table.plan().topic()
        + " ("
        + table.plan().format().label()
        + "): "
        + status.state().label()
        + ", "
        + status.rows()
        + " rows of "
        + status.bytes()
        + " bytes"
        + status
            .latestRefusal()
            .map(latest -> ", " + status.refused() + " records refused, the latest " + latest)
            .orElse("");
  }

  /** The statement that defines a view. */
  SqlAnswer statement(String name, Position position) {
    ViewDefinition definition = views.definitions().known().current().get(name);
    Optional<String> text =
        definition == null ? BuiltInSql.of(name) : Optional.of(definition.text());
    return new Rows("statement").add(text.orElseThrow(() -> unknown(name, position))).answer(1);
  }

  SqlAnswer columns(String name, Position position, int maxRows) {
    var rows = new Rows("column", "type", "about");
    Optional<SourceTables.Table> table =
        SourceTables.all().stream().filter(source -> source.name().equals(name)).findFirst();
    if (table.isPresent()) {
      table.get().columns().forEach(column -> rows.add(column.name(), column.type(), null));
      return rows.answer(maxRows);
    }
    Optional<ReferenceTable> reference = control.tables().named(name);
    if (reference.isPresent()) {
      TablePlan plan = reference.get().plan();
      plan.columns()
          .forEach(
              column ->
                  rows.add(
                      column.name(),
                      column.type().toString(),
                      plan.isInKey(column) ? "of the key" : null));
      return rows.answer(maxRows);
    }
    ViewPlan plan = views.catalog().view(name).orElseThrow(() -> unknown(name, position)).plan();
    for (SqlAnswer.Column column : queries.columnsOf(name)) {
      rows.add(column.name(), column.type(), ViewParts.about(column.name(), plan));
    }
    return rows.answer(maxRows);
  }

  private QueryException unknown(String name, Position position) {
    String reason = views.catalog().unready().get(name);
    return reason == null
        ? new QueryException(
            QueryErrorCode.UNKNOWN_VIEW,
            position,
            "there is no view or table " + name + "; SHOW VIEWS and SHOW TABLES tell what there is")
        : new QueryException(QueryErrorCode.VIEW_NOT_READY, position, reason);
  }
}
