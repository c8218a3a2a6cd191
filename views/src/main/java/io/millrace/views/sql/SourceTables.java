package io.millrace.views.sql;

import java.util.Arrays;
import java.util.List;

/** What views can be made of, to be shown to people. */
public final class SourceTables {
  private SourceTables() {}

  /** A table of events or sessions. */
  public record Table(String name, String about, List<Column> columns) {
    public Table {
      columns = List.copyOf(columns);
    }
  }

  /**
   * A column.
   *
   * @param type the name of the SQL type
   */
  public record Column(String name, String type) {}

  public static List<Table> all() {
    return Arrays.stream(SourceTable.values())
        .map(table -> new Table(table.label(), table.about(), columns(table)))
        .toList();
  }

  private static List<Column> columns(SourceTable table) {
    return table.columns().stream()
        .map(column -> new Column(column.name(), column.type().getName()))
        .toList();
  }
}
