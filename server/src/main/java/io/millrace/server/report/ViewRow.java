package io.millrace.server.report;

import java.util.Map;

/**
 * A row of a view: its dimensions and aggregates by name.
 *
 * @param values numbers and texts
 */
public record ViewRow(Map<String, Object> values) {

  public ViewRow {
    values = Map.copyOf(values);
  }

  /** A dimension, or empty if the row does not have it. */
  public String text(String name) {
    return String.valueOf(values.getOrDefault(name, ""));
  }

  /** A number, rounded to a whole one; 0 if the row does not have it. */
  public long number(String name) {
    return values.get(name) instanceof Number number ? Math.round(number.doubleValue()) : 0;
  }
}
