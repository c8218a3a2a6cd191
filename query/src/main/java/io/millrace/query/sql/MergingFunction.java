package io.millrace.query.sql;

import io.millrace.views.Aggregate;
import java.util.Optional;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.sql.SqlKind;

/**
 * What an aggregate function does to the rows of a group, where rows that were merged before give
 * the same.
 */
enum MergingFunction {
  SUM,
  MIN,
  MAX,
  SKETCH;

  /** Empty for a function that counts rows or otherwise needs each of them. */
  static Optional<MergingFunction> of(AggregateCall call) {
    boolean isPlain =
        call.getArgList().size() == 1
            && !call.isDistinct()
            && !call.ignoreNulls()
            && call.rexList.isEmpty()
            && call.distinctKeys == null;
    if (!isPlain) {
      return Optional.empty();
    }
    if (SketchFunctions.isMerge(call.getAggregation())) {
      return Optional.of(SKETCH);
    }
    SqlKind kind = call.getAggregation().getKind();
    return switch (kind) {
      case SUM, SUM0 -> Optional.of(SUM);
      case MIN -> Optional.of(MIN);
      case MAX -> Optional.of(MAX);
      default -> Optional.empty();
    };
  }

  /** Whether it does not matter how often it meets the same value. */
  boolean isIdempotent() {
    return this == MIN || this == MAX;
  }

  /** Whether it is what cells of an aggregate are merged by. */
  boolean isThatOf(Aggregate aggregate) {
    return this
        == switch (aggregate) {
          case Aggregate.Count _ -> SUM;
          case Aggregate.SumOf _ -> SUM;
          case Aggregate.MinOf _ -> MIN;
          case Aggregate.MaxOf _ -> MAX;
          case Aggregate.AvgOf _ -> SKETCH;
          case Aggregate.DistinctOf _ -> SKETCH;
          case Aggregate.QuantileOf _ -> SKETCH;
          case Aggregate.TopOf _ -> SKETCH;
        };
  }
}
