package io.millrace.query.sql;

import io.millrace.model.cell.Grain;
import io.millrace.query.answer.CellRange;
import io.millrace.query.answer.Coverage;
import io.millrace.query.answer.HopWindows;
import io.millrace.query.answer.SpanCover;
import io.millrace.query.answer.TimeSpan;
import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import io.millrace.views.KeptSince;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which cells a request is answered from: the largest windows that are no longer than those it is
 * merged to. What they say is what the cells of the finest grain would say, or the request is
 * refused.
 */
final class ScanCover {
  private ScanCover() {}

  /**
   * The ranges of cells, together the asked span once.
   *
   * @throws QueryException where windows that are needed are no longer kept
   */
  static List<CellRange> of(ScanRequest request, KeptSince kept) {
    Grain finest = request.plan().finestGrain();
    if (finest == Grain.ALL) {
      return List.of(new CellRange(Grain.ALL, 0, 1));
    }
    long from = firstStart(finest, request.from());
    long to = firstStart(finest, request.to());
    if (from >= to) {
      return List.of();
    }
    Coverage coverage =
        SpanCover.of(new TimeSpan(instant(from), instant(to)), grains(request), kept)
            .filter(covered -> isWhole(covered, from, to))
            .orElseThrow(() -> notKept(request, kept));
    return request
        .plan()
        .hop()
        .map(
            hop -> coverage.ranges().stream().map(starts -> HopWindows.cells(hop, starts)).toList())
        .orElse(coverage.ranges());
  }

  private static Set<Grain> grains(ScanRequest request) {
    Grain finest = request.plan().finestGrain();
    Grain longest = request.mergedTo().orElse(finest);
    return request.plan().grains().stream()
        .filter(grain -> Grain.BY_LENGTH.compare(grain, longest) <= 0)
        .collect(Collectors.toSet());
  }

  /** A span is rounded to windows that are kept; a query gets what it asks for, or is told. */
  private static boolean isWhole(Coverage covered, long from, long to) {
    return (from == Long.MIN_VALUE || covered.from() == from)
        && (to == Long.MAX_VALUE || covered.to() == to);
  }

  private static long firstStart(Grain finest, long time) {
    if (time == Long.MIN_VALUE || time == Long.MAX_VALUE) {
      return time;
    }
    long start = finest.windowStart(time);
    return start == time ? time : finest.windowEnd(start);
  }

  private static Optional<Instant> instant(long time) {
    return time == Long.MIN_VALUE || time == Long.MAX_VALUE
        ? Optional.empty()
        : Optional.of(Instant.ofEpochMilli(time));
  }

  private static QueryException notKept(ScanRequest request, KeptSince kept) {
    String since =
        request.plan().grains().stream()
            .filter(grain -> kept.of(grain) != Long.MIN_VALUE)
            .sorted(Grain.BY_LENGTH)
            .map(grain -> grain.label() + " since " + Instant.ofEpochMilli(kept.of(grain)))
            .collect(Collectors.joining(", "));
    return new QueryException(
        QueryErrorCode.NOT_KEPT,
        "windows that this needs are no longer kept. What is kept of the grains of the view "
            + request.plan().name()
            + ": "
            + since
            + "; ask for a later window_start or, if that is a whole hour or day, only for sums"
            + " and MERGE over longer windows, as by FLOOR(window_start TO DAY)");
  }
}
