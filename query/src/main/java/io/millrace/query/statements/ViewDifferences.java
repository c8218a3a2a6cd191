package io.millrace.query.statements;

import io.millrace.query.error.Position;
import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import io.millrace.query.sql.SqlAnswer;
import io.millrace.query.sql.SqlQueries;
import io.millrace.views.Aggregate;
import io.millrace.views.DefinedViews;
import io.millrace.views.Dimension;
import io.millrace.views.KeptView;
import io.millrace.views.ReadColumn;
import io.millrace.views.ViewCatalog;
import io.millrace.views.ViewPlan;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Tells in which groups a view and the one that is to replace it differ, over all that is kept: by
 * a query over both, of the groups and aggregates that both have.
 */
final class ViewDifferences {
  private final DefinedViews views;
  private final SqlQueries queries;

  ViewDifferences(DefinedViews views, SqlQueries queries) {
    this.views = views;
    this.queries = queries;
  }

  SqlAnswer of(String name, Position position, int maxRows) {
    ViewCatalog catalog = views.catalog();
    KeptView next =
        catalog.successors().stream()
            .filter(view -> view.name().equals(name))
            .findFirst()
            .orElseThrow(() -> nothingToCompare(name, position));
    KeptView current = catalog.view(name).orElseThrow(() -> nothingToCompare(name, position));
    if (common(comparable(current.plan()), comparable(next.plan())).isEmpty()) {
      throw new QueryException(
          QueryErrorCode.INVALID_SQL,
          position,
          "the two have no aggregate in common that is one number; read the next one as \""
              + next.cells()
              + '"');
    }
    return queries.answer(query(current, next), maxRows);
  }

  private QueryException nothingToCompare(String name, Position position) {
    return views.definitions().known().next().containsKey(name)
        ? new QueryException(
            QueryErrorCode.VIEW_NOT_READY,
            position,
            "the view that is to replace "
                + name
                + " is being built; SHOW VIEWS tells how far it is")
        : new QueryException(
            QueryErrorCode.UNKNOWN_VIEW,
            position,
            "nothing waits to replace a view "
                + name
                + "; CREATE OR REPLACE … WITH (swap = 'when told') makes what does");
  }

  static String query(KeptView current, KeptView next) {
    List<String> groups =
        common(labels(current.plan()), labels(next.plan())).stream()
            .map(ViewDifferences::quoted)
            .toList();
    List<String> aggregates =
        common(comparable(current.plan()), comparable(next.plan())).stream()
            .map(ViewDifferences::quoted)
            .toList();
    return "SELECT "
        + groups.stream()
            .map(group -> "COALESCE(a." + group + ", b." + group + ") AS " + group + ", ")
            .collect(Collectors.joining())
        + aggregates.stream().map(ViewDifferences::both).collect(Collectors.joining(", "))
        + " FROM ("
        + side(current, groups, aggregates)
        + ") AS a FULL JOIN ("
        + side(next, groups, aggregates)
        + ") AS b ON "
        + (groups.isEmpty()
            ? "TRUE"
            : groups.stream()
                .map(group -> "a." + group + " = b." + group)
                .collect(Collectors.joining(" AND ")))
        + " WHERE "
        + aggregates.stream()
            .map(aggregate -> "a." + aggregate + " IS DISTINCT FROM b." + aggregate)
            .collect(Collectors.joining(" OR "));
  }

  private static String both(String aggregate) {
    String name = aggregate.substring(1, aggregate.length() - 1);
    return "a."
        + aggregate
        + " AS \""
        + name
        + "_now\", b."
        + aggregate
        + " AS \""
        + name
        + "_next\"";
  }

  private static String side(KeptView view, List<String> groups, List<String> aggregates) {
    return "SELECT "
        + groups.stream().map(group -> group + ", ").collect(Collectors.joining())
        + aggregates.stream()
            .map(aggregate -> "MERGE(" + aggregate + ") AS " + aggregate)
            .collect(Collectors.joining(", "))
        + " FROM "
        + quoted(view.cells())
        + (groups.isEmpty() ? "" : " GROUP BY " + String.join(", ", groups));
  }

  private static List<String> labels(ViewPlan plan) {
    return plan.dimensions().stream().map(Dimension::label).toList();
  }

  /** Those that say one number. */
  private static List<String> comparable(ViewPlan plan) {
    List<String> shown = plan.readColumns().stream().map(ReadColumn::name).toList();
    return plan.aggregates().stream()
        .filter(aggregate -> !(aggregate instanceof Aggregate.TopOf))
        .filter(aggregate -> !(aggregate instanceof Aggregate.QuantileOf))
        .map(Aggregate::name)
        .filter(shown::contains)
        .toList();
  }

  private static List<String> common(List<String> some, List<String> others) {
    return some.stream().filter(others::contains).toList();
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
