package io.millrace.server.sql;

import io.millrace.server.report.ViewOutline;
import java.util.ArrayList;
import java.util.List;

/**
 * A view as a table: its columns in the order in which {@code SELECT *} gives them.
 *
 * @param columns the names, each with what it is in place of a type
 */
record ViewTable(String name, List<Column> columns) {
  private static final String SITE = "site";
  private static final String DIMENSION = "dimension";
  private static final String WINDOW = "window";

  ViewTable {
    columns = List.copyOf(columns);
  }

  static ViewTable of(ViewOutline view) {
    var columns = new ArrayList<Column>();
    if (view.isPerSite()) {
      columns.add(new Column(SITE, DIMENSION));
    }
    if (view.hasWindows()) {
      columns.add(new Column("window_start", WINDOW));
      columns.add(new Column("window_end", WINDOW));
    }
    view.dimensions().stream()
        .filter(dimension -> !dimension.equals(SITE))
        .forEach(dimension -> columns.add(new Column(dimension, DIMENSION)));
    view.aggregates().forEach(each -> columns.add(new Column(each.name(), each.kind())));
    return new ViewTable(view.name(), columns);
  }
}
