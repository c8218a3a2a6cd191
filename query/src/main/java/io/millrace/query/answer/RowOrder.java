package io.millrace.query.answer;

import java.util.Comparator;
import java.util.List;

/** In what order rows come. Total: rows that are equal by it are the same row. */
public record RowOrder(SortKey key, boolean descending) {
  private static final Comparator<List<String>> TEXTS = RowOrder::compareTexts;

  Comparator<AnswerRow> comparator() {
    return key.comparator(descending)
        .thenComparing(AnswerRow::dimensions, TEXTS)
        .thenComparingLong(AnswerRow::windowStart);
  }

  private static int compareTexts(List<String> one, List<String> other) {
    for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
      int difference = one.get(i).compareTo(other.get(i));
      if (difference != 0) {
        return difference;
      }
    }
    return Integer.compare(one.size(), other.size());
  }
}
