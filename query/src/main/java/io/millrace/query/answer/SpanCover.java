package io.millrace.query.answer;

import io.millrace.model.cell.Grain;
import io.millrace.views.KeptSince;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which cells make up a span: the largest that fit, so that a year is read from 365 cells of a
 * group and not from half a million.
 *
 * <pre>
 *   minutes   hours        days          hours   minutes
 *   |·······|———————|══════════════════|———————|·······|
 *  from                                                to
 * </pre>
 *
 * <p>Exact in the finest grain: of that, the windows are covered that start within the span. Where
 * the windows that an end of the span needs are not kept any more, so it is in the next longer
 * ones: a span that began last month begins with a whole hour. By the same rule at both ends, so
 * that of two spans that meet each window is in one. An open end is covered by the coarsest grain.
 */
public final class SpanCover {
  private final List<Grain> coarsestFirst;
  private final KeptSince kept;

  private SpanCover(Set<Grain> grains, KeptSince kept) {
    coarsestFirst =
        grains.stream()
            .filter(grain -> grain != Grain.ALL)
            .sorted(Comparator.comparing(Grain::length).reversed())
            .toList();
    if (coarsestFirst.isEmpty()) {
      throw new IllegalArgumentException("grains: a span needs windows, got " + grains);
    }
    this.kept = kept;
  }

  /** What covers a span once; empty where the windows for it are not kept. */
  public static Optional<Coverage> of(TimeSpan span, Set<Grain> grains, KeptSince kept) {
    if (span.isAllTime() && grains.contains(Grain.ALL)) {
      return Optional.of(
          new Coverage(
              TimeSpan.OPEN_FROM, TimeSpan.OPEN_TO, List.of(new CellRange(Grain.ALL, 0, 1))));
    }
    return new SpanCover(grains, kept).coverage(span);
  }

  /** The windows of one grain that start within a span; empty where they are not all kept. */
  static Optional<Coverage> ofGrain(TimeSpan span, Grain grain, KeptSince kept) {
    return new SpanCover(Set.of(grain), kept).coverage(span);
  }

  private Optional<Coverage> coverage(TimeSpan span) {
    // Who does not say from when on asks for what there is.
    long from =
        span.from().isPresent()
            ? firstWindow(span.fromMillis())
            : kept.of(coarsestFirst.getFirst());
    long to = firstWindow(span.toMillis());
    var ranges = new ArrayList<CellRange>();
    add(from, to, 0, ranges);
    boolean isWhole =
        ranges.isEmpty() ? asksForNothing(span) : ranges.stream().allMatch(this::isKept);
    return isWhole ? Optional.of(new Coverage(from, to, ranges)) : Optional.empty();
  }

  /**
   * The first window that starts at or after a time, of the finest grain that is still kept there.
   */
  private long firstWindow(long time) {
    for (Grain grain : coarsestFirst.reversed()) {
      long start = roundUp(grain, time);
      if (start >= kept.of(grain)) {
        return start;
      }
    }
    return roundUp(coarsestFirst.getFirst(), time);
  }

  /** Whether there is no window to begin with, such as between two seconds. */
  private boolean asksForNothing(TimeSpan span) {
    Grain finest = coarsestFirst.getLast();
    return span.from().isPresent()
        && roundUp(finest, span.fromMillis()) >= roundUp(finest, span.toMillis());
  }

  private boolean isKept(CellRange range) {
    return range.from() >= kept.of(range.grain());
  }

  private void add(long from, long to, int coarsest, List<CellRange> ranges) {
    if (from >= to) {
      return;
    }
    Grain grain = coarsestFirst.get(coarsest);
    if (coarsest == coarsestFirst.size() - 1) {
      ranges.add(new CellRange(grain, from, to));
      return;
    }
    long innerFrom = roundUp(grain, from);
    long innerTo = roundDown(grain, to);
    if (innerFrom >= innerTo) {
      add(from, to, coarsest + 1, ranges);
      return;
    }
    add(from, innerFrom, coarsest + 1, ranges);
    ranges.add(new CellRange(grain, innerFrom, innerTo));
    add(innerTo, to, coarsest + 1, ranges);
  }

  /** The first window start at or after a time. */
  private static long roundUp(Grain grain, long time) {
    if (isOpen(time)) {
      return time;
    }
    long start = grain.windowStart(time);
    return start == time ? time : grain.windowEnd(start);
  }

  private static long roundDown(Grain grain, long time) {
    return isOpen(time) ? time : grain.windowStart(time);
  }

  private static boolean isOpen(long time) {
    return time == TimeSpan.OPEN_FROM || time == TimeSpan.OPEN_TO;
  }
}
