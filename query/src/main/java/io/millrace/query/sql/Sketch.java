package io.millrace.query.sql;

import io.millrace.model.cell.Accumulator;
import io.millrace.views.Aggregate;
import io.millrace.views.AggregateValue;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate of a cell whose value alone could not be merged: an average, distinct values,
 * quantiles or the most frequent texts. Each kind is a SQL type of its own, so that SUM of one is
 * an error and MERGE knows what it makes. Public for the code that Calcite generates; not changed
 * once it is made.
 */
public sealed class Sketch implements Comparable<Sketch> {
  private final Aggregate aggregate;
  private final Accumulator accumulator;
  private @Nullable AggregateValue value;

  Sketch(Aggregate aggregate, Accumulator accumulator) {
    this.aggregate = aggregate;
    this.accumulator = accumulator;
  }

  /** About how many different values there were. */
  public static final class OfDistinct extends Sketch {
    OfDistinct(Aggregate aggregate, Accumulator accumulator) {
      super(aggregate, accumulator);
    }
  }

  /** The mean of numbers. */
  public static final class OfAverage extends Sketch {
    OfAverage(Aggregate aggregate, Accumulator accumulator) {
      super(aggregate, accumulator);
    }
  }

  /** Quantiles of numbers. */
  public static final class OfQuantiles extends Sketch {
    OfQuantiles(Aggregate aggregate, Accumulator accumulator) {
      super(aggregate, accumulator);
    }
  }

  /** The most frequent texts. */
  public static final class OfTop extends Sketch {
    OfTop(Aggregate aggregate, Accumulator accumulator) {
      super(aggregate, accumulator);
    }
  }

  Aggregate aggregate() {
    return aggregate;
  }

  Accumulator accumulator() {
    return accumulator;
  }

  /** What it says. */
  public AggregateValue value() {
    AggregateValue known = value;
    if (known == null) {
      known = aggregate.value(accumulator);
      value = known;
    }
    return known;
  }

  /** The number that it says; null where it is unknown or not one number. */
  public @Nullable BigDecimal number() {
    return value() instanceof AggregateValue.Single(BigDecimal number) ? number : null;
  }

  /** The quantiles that it says, by label; null where there are none. */
  public @Nullable Map<String, Double> quantiles() {
    if (!(value() instanceof AggregateValue.ByRank(var quantiles))) {
      return null;
    }
    Map<String, Double> byLabel = new LinkedHashMap<>();
    quantiles.forEach(quantile -> byLabel.put(quantile.label(), quantile.number().doubleValue()));
    return byLabel;
  }

  /** By the number that is said; what has none is the greatest, as null is. */
  @Override
  public int compareTo(Sketch other) {
    BigDecimal one = orderOf(value());
    BigDecimal another = orderOf(other.value());
    if (one == null || another == null) {
      return Boolean.compare(one == null, another == null);
    }
    return one.compareTo(another);
  }

  private static @Nullable BigDecimal orderOf(AggregateValue value) {
    return switch (value) {
      case AggregateValue.Single(BigDecimal number) -> number;
      case AggregateValue.ByRank(var quantiles) -> quantiles.getFirst().number();
      case AggregateValue.Unknown() -> null;
      case AggregateValue.Ranking _ -> null;
    };
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sketch same && value().equals(same.value());
  }

  @Override
  public int hashCode() {
    return value().hashCode();
  }

  @Override
  public String toString() {
    return value().toString();
  }
}
