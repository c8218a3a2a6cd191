package io.millrace.views.table;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A reference table as data: the columns of its rows, and how they are read from the records of a
 * topic.
 *
 * @param name lower case with underscores
 * @param columns no two with the same name, in any case
 * @param key the names of the columns of the primary key, in the order in which they are columns:
 *     texts and whole numbers, read from the record's key; all others are read from its value
 * @param topic as it is called in the cluster, in no namespace: it belongs to somebody else
 */
public record TablePlan(
    String name,
    List<TableColumn> columns,
    List<String> key,
    String topic,
    KeyFormat keyFormat,
    TableFormat format) {
  public static final int MOST_COLUMNS = 100;
  private static final Set<ColumnType.Kind> OF_KEYS =
      Set.of(ColumnType.Kind.VARCHAR, ColumnType.Kind.BIGINT);

  public TablePlan {
    columns = List.copyOf(columns);
    Set<String> inKey = Set.copyOf(key);
    key = columns.stream().map(TableColumn::name).filter(inKey::contains).toList();
    if (columns.size() > MOST_COLUMNS) {
      throw new IllegalArgumentException(
          name + ": " + columns.size() + " columns, more than " + MOST_COLUMNS);
    }
    var names = new HashSet<String>();
    for (TableColumn column : columns) {
      if (!names.add(column.name().toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException(name + ": the column " + column.name() + " is twice");
      }
      if (inKey.contains(column.name()) && !OF_KEYS.contains(column.type().kind())) {
        throw new IllegalArgumentException(
            name + ": " + column.name() + " is of the key, so it has to be VARCHAR or BIGINT");
      }
    }
    if (key.isEmpty() || key.size() < inKey.size()) {
      throw new IllegalArgumentException(
          name + ": the key is one or several of the columns, got " + inKey);
    }
    if (keyFormat == KeyFormat.TEXT && key.size() > 1) {
      throw new IllegalArgumentException(
          name + ": a key of several columns cannot be a text; it is a JSON object");
    }
  }

  public boolean isInKey(TableColumn column) {
    return key.contains(column.name());
  }
}
