package io.millrace.query.answer;

import io.millrace.views.AggregateValue;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Optional;

/** What rows are sorted by. */
public sealed interface SortKey {

  /** Rows in this order; a row without the value comes last either way. */
  Comparator<AnswerRow> comparator(boolean descending);

  /**
   * One of the view's aggregates. Quantiles are sorted by the first of them; a list of texts has no
   * order.
   */
  record ByAggregate(int index) implements SortKey {
    @Override
    public Comparator<AnswerRow> comparator(boolean descending) {
      return (one, other) ->
          compare(number(one.values().get(index)), number(other.values().get(index)), descending);
    }

    private static int compare(
        Optional<BigDecimal> one, Optional<BigDecimal> other, boolean descending) {
      if (one.isEmpty() || other.isEmpty()) {
        return Boolean.compare(one.isEmpty(), other.isEmpty());
      }
      return descending ? other.get().compareTo(one.get()) : one.get().compareTo(other.get());
    }

    private static Optional<BigDecimal> number(AggregateValue value) {
      return switch (value) {
        case AggregateValue.Single(var number) -> Optional.of(number);
        case AggregateValue.ByRank(var quantiles) -> Optional.of(quantiles.getFirst().number());
        case AggregateValue.Unknown() -> Optional.empty();
        case AggregateValue.Ranking _ -> Optional.empty();
      };
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
