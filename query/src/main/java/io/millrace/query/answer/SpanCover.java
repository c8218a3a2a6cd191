package io.millrace.query.answer;

import io.millrace.model.cell.Grain;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
 * <p>Exact in the finest grain: of that, the windows are covered that start within the span. An
 * open end is covered by the coarsest grain.
 */
final class SpanCover {
  private final List<Grain> coarsestFirst;
  private final List<CellRange> ranges = new ArrayList<>();

  private SpanCover(Set<Grain> grains) {
    coarsestFirst =
        grains.stream()
            .filter(grain -> grain != Grain.ALL)
            .sorted(Comparator.comparing(Grain::length).reversed())
            .toList();
  }

  /** The ranges that together cover a span once. */
  static List<CellRange> of(TimeSpan span, Set<Grain> grains) {
    if (span.isAllTime() && grains.contains(Grain.ALL)) {
      return List.of(new CellRange(Grain.ALL, 0, 1));
    }
    var cover = new SpanCover(grains);
    if (cover.coarsestFirst.isEmpty()) {
      throw new IllegalArgumentException("grains: a span needs windows, got " + grains);
    }
    Grain finest = finest(grains);
    cover.add(roundUp(finest, span.fromMillis()), roundUp(finest, span.toMillis()), 0);
    return List.copyOf(cover.ranges);
  }

  /** The shortest windows among grains of which at least one has windows. */
  static Grain finest(Set<Grain> grains) {
    return new SpanCover(grains).coarsestFirst.getLast();
  }

  /** The cells of one grain whose windows start within a span. */
  static CellRange ofGrain(TimeSpan span, Grain grain) {
    return new CellRange(grain, roundUp(grain, span.fromMillis()), roundUp(grain, span.toMillis()));
  }

  private void add(long from, long to, int coarsest) {
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
      add(from, to, coarsest + 1);
      return;
    }
    add(from, innerFrom, coarsest + 1);
    ranges.add(new CellRange(grain, innerFrom, innerTo));
    add(innerTo, to, coarsest + 1);
  }

  /** The first window start at or after a time. */
  static long roundUp(Grain grain, long time) {
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
