package io.millrace.query.sql;

import io.millrace.model.cell.Grain;
import io.millrace.views.Aggregate;
import io.millrace.views.ReadColumn;
import io.millrace.views.ViewPlan;
import java.util.ArrayList;
import java.util.List;

/** What a column of a view is, seen as a table with a row for each cell of its finest grain. */
sealed interface ViewColumn {

  /** The id of the site, of a view that is kept per site. */
  record OfSite() implements ViewColumn {}

  record OfWindowStart() implements ViewColumn {}

  record OfWindowEnd() implements ViewColumn {}

  /** One of the dimensions within a site. */
  record OfDimension(int index) implements ViewColumn {}

  /** One of the aggregates. */
  record OfAggregate(int index, Aggregate aggregate) implements ViewColumn {}

  /** A number that is computed of the row's group and aggregates. */
  record OfComputed(ReadColumn.Computed computed) implements ViewColumn {}

  /** All columns of a view, in order. */
  static List<ViewColumn> of(ViewPlan plan) {
    var columns = new ArrayList<ViewColumn>();
    if (plan.isPerSite()) {
      columns.add(new OfSite());
    }
    if (plan.finestGrain() != Grain.ALL) {
      columns.add(new OfWindowStart());
      columns.add(new OfWindowEnd());
    }
    for (int i = 0; i < plan.groupDimensions().size(); i++) {
      columns.add(new OfDimension(i));
    }
    for (ReadColumn column : plan.readColumns()) {
      columns.add(
          switch (column) {
            case ReadColumn.OfAggregate(int index, Aggregate aggregate) ->
                new OfAggregate(index, aggregate);
            case ReadColumn.Computed computed -> new OfComputed(computed);
          });
    }
    return columns;
  }

  /** The name of a column in queries. */
  static String name(ViewPlan plan, ViewColumn column) {
    return switch (column) {
      case OfSite() -> "site";
      case OfWindowStart() -> "window_start";
      case OfWindowEnd() -> "window_end";
      case OfDimension(int index) -> plan.groupDimensions().get(index).label();
      case OfAggregate(int _, Aggregate aggregate) -> aggregate.name();
      case OfComputed(ReadColumn.Computed computed) -> computed.name();
    };
  }
}
