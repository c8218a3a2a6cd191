package io.millrace.query.sql;

import io.millrace.model.cell.Accumulator;
import io.millrace.query.answer.AggregateKind;
import io.millrace.views.Aggregate;
import java.util.Optional;
import java.util.function.BiFunction;

/** The kinds of sketches, each with the class that stands for its SQL type. */
enum SketchKind {
  DISTINCT(Sketch.OfDistinct.class, SketchMerge.OfDistinct.class, Sketch.OfDistinct::new),
  AVERAGE(Sketch.OfAverage.class, SketchMerge.OfAverage.class, Sketch.OfAverage::new),
  QUANTILES(Sketch.OfQuantiles.class, SketchMerge.OfQuantiles.class, Sketch.OfQuantiles::new),
  TOP(Sketch.OfTop.class, SketchMerge.OfTop.class, Sketch.OfTop::new);

  private final Class<? extends Sketch> type;
  private final Class<?> merge;
  private final BiFunction<Aggregate, Accumulator, Sketch> maker;

  SketchKind(
      Class<? extends Sketch> type,
      Class<?> merge,
      BiFunction<Aggregate, Accumulator, Sketch> maker) {
    this.type = type;
    this.merge = merge;
    this.maker = maker;
  }

  /** Empty for an aggregate that is a plain number. */
  static Optional<SketchKind> of(Aggregate aggregate) {
    return switch (AggregateKind.of(aggregate)) {
      case COUNT, SUM, MIN, MAX, COMPUTED -> Optional.empty();
      case AVG -> Optional.of(AVERAGE);
      case DISTINCT -> Optional.of(DISTINCT);
      case QUANTILES -> Optional.of(QUANTILES);
      case TOP -> Optional.of(TOP);
    };
  }

  /** The kind that a class stands for; empty for a class of something else. */
  static Optional<SketchKind> of(Class<?> type) {
    for (SketchKind kind : values()) {
      if (kind.type == type) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  Class<? extends Sketch> type() {
    return type;
  }

  /** The functions that Calcite calls to merge. */
  Class<?> merge() {
    return merge;
  }

  Sketch sketch(Aggregate aggregate, Accumulator accumulator) {
    return maker.apply(aggregate, accumulator);
  }
}
