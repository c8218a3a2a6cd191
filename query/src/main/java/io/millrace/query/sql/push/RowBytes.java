package io.millrace.query.sql.push;

import io.millrace.model.cell.FrequentItems;
import io.millrace.views.AggregateValue;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** About how much memory rows take. */
final class RowBytes {
  private static final long BYTES_OF_A_VALUE = 48;

  private RowBytes() {}

  static long of(List<List<Object>> rows) {
    long bytes = 0;
    for (List<Object> row : rows) {
      bytes += ofValue(row);
    }
    return bytes;
  }

  /** Two for each character of its texts, and what each value takes besides. */
  private static long ofValue(@Nullable Object value) {
    long bytes = BYTES_OF_A_VALUE;
    switch (value) {
      case String text -> bytes += 2L * text.length();
      case List<?> values -> {
        for (Object each : values) {
          bytes += ofValue(each);
        }
      }
      case Map<?, ?> values -> {
        for (Map.Entry<?, ?> entry : values.entrySet()) {
          bytes += ofValue(entry.getKey()) + ofValue(entry.getValue());
        }
      }
      case AggregateValue.Ranking ranking -> {
        for (FrequentItems.Item item : ranking.items()) {
          bytes += ofValue(item.value());
        }
      }
      case AggregateValue.ByRank ranks -> bytes += BYTES_OF_A_VALUE * ranks.quantiles().size();
      case null, default -> {
        // Small, whatever it is.
      }
    }
    return bytes;
  }
}
