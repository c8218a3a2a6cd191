package io.millrace.query.answer;

import java.util.Comparator;
import java.util.OptionalLong;

/** What rows are sorted by. */
public sealed interface SortKey {

  /** Rows in this order; a row without the value comes last either way. */
  Comparator<AnswerRow> comparator(boolean descending);

  /** One of the view's aggregates. */
  record ByAggregate(int index) implements SortKey {
    @Override
    public Comparator<AnswerRow> comparator(boolean descending) {
      return (one, other) ->
          compare(one.values().get(index), other.values().get(index), descending);
    }

    private static int compare(OptionalLong one, OptionalLong other, boolean descending) {
      if (one.isEmpty() || other.isEmpty()) {
        return Boolean.compare(one.isEmpty(), other.isEmpty());
      }
      int ascending = Long.compare(one.getAsLong(), other.getAsLong());
      return descending ? -ascending : ascending;
    }
  }

  /** One of the dimensions within a site. */
  record ByDimension(int index) implements SortKey {
    @Override
    public Comparator<AnswerRow> comparator(boolean descending) {
      return directed(Comparator.comparing(row -> row.dimensions().get(index)), descending);
    }
  }

  /** The start of the window. */
  record ByTime() implements SortKey {
    @Override
    public Comparator<AnswerRow> comparator(boolean descending) {
      return directed(Comparator.comparingLong(AnswerRow::windowStart), descending);
    }
  }

  private static Comparator<AnswerRow> directed(
      Comparator<AnswerRow> ascending, boolean descending) {
    return descending ? ascending.reversed() : ascending;
  }
}
