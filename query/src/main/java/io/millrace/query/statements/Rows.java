package io.millrace.query.statements;

import io.millrace.query.sql.SqlAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of an answer that no query computes. For one thread. */
final class Rows {
  private static final String TEXT = "VARCHAR";

  private final long started = System.nanoTime();
  private final List<SqlAnswer.Column> columns;
  private final List<List<Object>> rows = new ArrayList<>();

  Rows(String... columns) {
    this.columns =
        Arrays.stream(columns).map(column -> new SqlAnswer.Column(column, TEXT)).toList();
  }

  /** Takes a row; null is where there is nothing to say. */
  @SuppressWarnings("NullAway") // Rows of answers have nulls, which their type does not say.
  Rows add(@Nullable Object... values) {
    rows.add(new ArrayList<>(Arrays.asList(values)));
    return this;
  }

  /** The first of them. */
  SqlAnswer answer(int maxRows) {
    return new SqlAnswer(
        columns,
        rows.size() > maxRows ? rows.subList(0, maxRows) : rows,
        rows.size() > maxRows,
        0,
        Duration.ofNanos(System.nanoTime() - started));
  }
}
