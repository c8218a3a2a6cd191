package io.millrace.query.sql;

import io.millrace.model.cell.Accumulator;
import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import io.millrace.views.Aggregate;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What MERGE has gathered of the sketches of a group. Public, with a class of static functions for
 * each kind, for the code that Calcite generates. Belongs to one thread.
 */
public final class SketchMerge {
  private @Nullable Aggregate aggregate;
  private @Nullable Accumulator merged;

  private SketchMerge with(Sketch sketch) {
    Aggregate first = aggregate;
    Accumulator all = merged;
    if (first == null || all == null) {
      first = sketch.aggregate();
      all = first.empty();
      aggregate = first;
      merged = all;
    }
    requireSameUnit(first, sketch.aggregate());
    all.merge(sketch.accumulator());
    return this;
  }

  /**
   * Sketches keep whole numbers of units, which columns of two views may have different ones of.
   */
  private static void requireSameUnit(Aggregate one, Aggregate other) {
    if (one.decimals() != other.decimals()) {
      throw new QueryException(
          QueryErrorCode.INVALID_SQL,
          "MERGE of columns of two views whose numbers have different decimals: "
              + one.name()
              + " and "
              + other.name());
    }
  }

  private Sketch sketch() {
    Aggregate first = aggregate;
    Accumulator all = merged;
    if (first == null || all == null) {
      throw new IllegalStateException("nothing was merged");
    }
    return new Sketch.OfTop(first, all);
  }

  /** MERGE of distinct values. */
  public static final class OfDistinct {
    private OfDistinct() {}

    public static SketchMerge init() {
      return new SketchMerge();
    }

    public static SketchMerge add(SketchMerge merge, Sketch.OfDistinct sketch) {
      return merge.with(sketch);
    }

    public static @Nullable Long result(SketchMerge merge) {
      return SketchValue.ofDistinct(merge.sketch());
    }
  }

  /** MERGE of averages. */
  public static final class OfAverage {
    private OfAverage() {}

    public static SketchMerge init() {
      return new SketchMerge();
    }

    public static SketchMerge add(SketchMerge merge, Sketch.OfAverage sketch) {
      return merge.with(sketch);
    }

    public static @Nullable Double result(SketchMerge merge) {
      return SketchValue.ofAverage(merge.sketch());
    }
  }

  /** MERGE of quantiles. */
  public static final class OfQuantiles {
    private OfQuantiles() {}

    public static SketchMerge init() {
      return new SketchMerge();
    }

    public static SketchMerge add(SketchMerge merge, Sketch.OfQuantiles sketch) {
      return merge.with(sketch);
    }

    public static @Nullable Map<String, Double> result(SketchMerge merge) {
      return SketchValue.ofQuantiles(merge.sketch());
    }
  }

  /** MERGE of most frequent texts. */
  public static final class OfTop {
    private OfTop() {}

    public static SketchMerge init() {
      return new SketchMerge();
    }

    public static SketchMerge add(SketchMerge merge, Sketch.OfTop sketch) {
      return merge.with(sketch);
    }

    public static Sketch.OfTop result(SketchMerge merge) {
      return (Sketch.OfTop) merge.sketch();
    }
  }

  /** The value of one sketch, as VALUE_OF and MERGE give it. */
  public static final class SketchValue {
    private SketchValue() {}

    public static @Nullable Long ofDistinct(@Nullable Sketch sketch) {
      BigDecimal number = sketch == null ? null : sketch.number();
      return number == null ? null : number.longValue();
    }

    public static @Nullable Double ofAverage(@Nullable Sketch sketch) {
      BigDecimal number = sketch == null ? null : sketch.number();
      return number == null ? null : number.doubleValue();
    }

    public static @Nullable Map<String, Double> ofQuantiles(@Nullable Sketch sketch) {
      return sketch == null ? null : sketch.quantiles();
    }
  }
}
