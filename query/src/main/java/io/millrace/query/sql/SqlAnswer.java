package io.millrace.query.sql;

import io.millrace.views.Completeness;
import java.time.Duration;
import java.util.List;

/**
 * The rows of a query.
 *
 * @param rows as many values each as there are columns: null, a Boolean, a Number, a String, an
 *     {@link io.millrace.views.AggregateValue}, a List or a Map of these
 * @param isTruncated whether there were more rows than were asked for
 * @param cellsScanned how many cells of views were read
 * @param completeness of the cells that it was read from
 */
public record SqlAnswer(
    List<Column> columns,
    List<List<Object>> rows,
    boolean isTruncated,
    long cellsScanned,
    Duration elapsed,
    Completeness completeness) {

  /** Of all cells, or of none. */
  public SqlAnswer(
      List<Column> columns,
      List<List<Object>> rows,
      boolean isTruncated,
      long cellsScanned,
      Duration elapsed) {
    this(columns, rows, isTruncated, cellsScanned, elapsed, Completeness.COMPLETE);
  }

  public SqlAnswer {
    columns = List.copyOf(columns);
    // Rows have nulls, which List.copyOf refuses.
  }

  /**
   * A column.
   *
   * @param type the name of the SQL type
   * @param decimals of a decimal number; 0 for any other type
   */
  public record Column(String name, String type, int decimals) {

    /** Of a type without decimals. */
    public Column(String name, String type) {
      this(name, type, 0);
    }
  }
}
