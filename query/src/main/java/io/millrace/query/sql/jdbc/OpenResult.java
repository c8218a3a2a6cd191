package io.millrace.query.sql.jdbc;

import io.millrace.query.sql.SqlAnswer;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.Meta;
import org.jspecify.annotations.Nullable;

/**
 * The rows of an answer that are handed out in frames of bounded size.
 *
 * @param bytes about what the rows take
 */
record OpenResult(SqlAnswer answer, long bytes) {
  private static final int MOST_ROWS = 1_000;
  private static final long MOST_BYTES = 4L << 20;
  private static final long BYTES_OF_A_VALUE = 24;

  static OpenResult of(SqlAnswer answer) {
    long bytes = 0;
    for (List<Object> row : answer.rows()) {
      bytes += bytes(row);
    }
    return new OpenResult(answer, bytes);
  }

  private static long bytes(List<Object> row) {
    long bytes = 0;
    for (Object value : row) {
      bytes += BYTES_OF_A_VALUE + (value instanceof String text ? 2L * text.length() : 0);
    }
    return bytes;
  }

  /**
   * The rows from one on.
   *
   * @param rows at most so many, or any number where it is less than one
   */
  Meta.Frame frame(long offset, int rows) {
    int limit = rows < 1 ? MOST_ROWS : Math.min(rows, MOST_ROWS);
    int from = Math.clamp(offset, 0, answer.rows().size());
    List<JdbcType> types = answer.columns().stream().map(JdbcType::of).toList();
    List<Object> frame = new ArrayList<>();
    long sent = 0;
    int at = from;
    while (at < answer.rows().size() && frame.size() < limit && sent < MOST_BYTES) {
      List<Object> row = answer.rows().get(at);
      frame.add(sent(row, types));
      sent += bytes(row);
      at++;
    }
    return Meta.Frame.create(from, at == answer.rows().size(), frame);
  }

  private static List<@Nullable Object> sent(List<Object> row, List<JdbcType> types) {
    List<@Nullable Object> sent = new ArrayList<>(row.size());
    for (int i = 0; i < row.size(); i++) {
      sent.add(types.get(i).sent(row.get(i)));
    }
    return sent;
  }
}
