package io.millrace.query.answer;

import io.millrace.model.cell.Distinct;
import io.millrace.model.cell.FrequentItems;
import io.millrace.model.cell.Quantiles;
import io.millrace.views.Aggregate;
import io.millrace.views.ReadColumn;
import java.util.Locale;
import java.util.OptionalDouble;

/** What kind of value an aggregate is, for those who read answers. */
public enum AggregateKind {
  COUNT,
  SUM,
  MIN,
  MAX,
  AVG,
  DISTINCT,
  QUANTILES,
  TOP,
  /** A number that is computed of others; as exact as they are. */
  COMPUTED;

  public static AggregateKind of(ReadColumn column) {
    return switch (column) {
      case ReadColumn.OfAggregate(int _, Aggregate aggregate) -> of(aggregate);
      case ReadColumn.Computed _ -> COMPUTED;
    };
  }

  public static AggregateKind of(Aggregate aggregate) {
    return switch (aggregate) {
      case Aggregate.Count _ -> COUNT;
      case Aggregate.SumOf _ -> SUM;
      case Aggregate.MinOf _ -> MIN;
      case Aggregate.MaxOf _ -> MAX;
      case Aggregate.AvgOf _ -> AVG;
      case Aggregate.DistinctOf _ -> DISTINCT;
      case Aggregate.QuantileOf _ -> QUANTILES;
      case Aggregate.TopOf _ -> TOP;
    };
  }

  /**
   * How far an estimate may be off; empty for exact numbers. Of distinct values one standard
   * deviation, as a share of the number. Of quantiles the distance in ranks, from 0 to 1, in 99 of
   * 100 cases. Of the most frequent the most by which a count is too high, as a share of all that
   * was counted.
   */
  public OptionalDouble error() {
    return switch (this) {
      case COUNT, SUM, MIN, MAX, AVG, COMPUTED -> OptionalDouble.empty();
      case DISTINCT -> OptionalDouble.of(Distinct.RELATIVE_ERROR);
      case QUANTILES -> OptionalDouble.of(Quantiles.RANK_ERROR);
      case TOP -> OptionalDouble.of(FrequentItems.RELATIVE_ERROR);
    };
  }

  /** Whether rows can be put in order by it. */
  public boolean isOrdered() {
    return this != TOP;
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
