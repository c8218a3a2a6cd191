package io.millrace.query.answer;

import io.millrace.model.cell.Accumulator;
import io.millrace.model.cell.Distinct;
import io.millrace.model.cell.Max;
import io.millrace.model.cell.Min;
import io.millrace.model.cell.Sum;
import io.millrace.views.Aggregate;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What kind of number an aggregate is, for those who read answers. */
public enum AggregateKind {
  COUNT,
  SUM,
  MIN,
  MAX,
  DISTINCT;

  public static AggregateKind of(Aggregate aggregate) {
    return switch (aggregate) {
      case Aggregate.Count _ -> COUNT;
      case Aggregate.SumOf _ -> SUM;
      case Aggregate.MinOf _ -> MIN;
      case Aggregate.MaxOf _ -> MAX;
      case Aggregate.DistinctOf _ -> DISTINCT;
    };
  }

  /** One standard deviation as a share of the number; empty for exact numbers. */
  public OptionalDouble relativeError() {
    return this == DISTINCT ? OptionalDouble.of(Distinct.RELATIVE_ERROR) : OptionalDouble.empty();
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The number as answers give it: whole, and empty for the least and greatest of nothing. */
  public static OptionalLong valueOf(Accumulator accumulator) {
    return switch (accumulator) {
      case Sum sum -> OptionalLong.of(sum.value());
      case Distinct distinct -> OptionalLong.of(Math.round(distinct.value()));
      case Min min when min.value() == Long.MAX_VALUE -> OptionalLong.empty();
      case Min min -> OptionalLong.of(min.value());
      case Max max when max.value() == Long.MIN_VALUE -> OptionalLong.empty();
      case Max max -> OptionalLong.of(max.value());
    };
  }
}
