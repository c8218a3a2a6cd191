package io.millrace.views;

import io.millrace.model.cell.FrequentItems;
import java.math.BigDecimal;
import java.util.List;

/** What an aggregate of a cell says. */
public sealed interface AggregateValue {

  /** Nothing is known: the least, the greatest, the average or a quantile of no numbers. */
  record Unknown() implements AggregateValue {}

  /** One number. */
  record Single(BigDecimal number) implements AggregateValue {}

  /** A number for each of the ranks that the view asks for, in its order. */
  record ByRank(List<Quantile> quantiles) implements AggregateValue {
    public ByRank {
      quantiles = List.copyOf(quantiles);
    }
  }

  /**
   * One quantile.
   *
   * @param label such as {@code p99}
   */
  record Quantile(String label, BigDecimal number) {}

  /**
   * The most frequent texts, the most frequent first.
   *
   * @param error by how much each count may be too high; 0 where they are exact
   */
  record Ranking(List<FrequentItems.Item> items, long error) implements AggregateValue {
    public Ranking {
      items = List.copyOf(items);
    }
  }
}
