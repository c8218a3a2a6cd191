package io.millrace.views.table;

import io.millrace.model.control.TableGeneration;
import io.millrace.views.sql.TableCompiler;
import java.nio.charset.StandardCharsets;

/** Reference tables for tests. */
public final class Tables {
  private Tables() {}

  /** A table of a statement, of which nothing was read. */
  public static ReferenceTable table(long number, String statement) {
    return table(number, statement, TableLimits.DEFAULT);
  }

  static ReferenceTable table(long number, String statement, TableLimits limits) {
    TablePlan plan = TableCompiler.compile(statement);
    return new ReferenceTable(new TableGeneration(plan.name(), number), plan, limits);
  }

  public static void put(TableReading reading, String key, String value) {
    reading
        .take(0, 0, bytes(key), bytes(value))
        .ifPresent(
            refusal -> {
              throw new IllegalArgumentException(refusal);
            });
  }

  public static void delete(TableReading reading, String key) {
    reading
        .take(0, 0, bytes(key), null)
        .ifPresent(
            refusal -> {
              throw new IllegalArgumentException(refusal);
            });
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
