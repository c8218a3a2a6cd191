package io.millrace.query.answer;

import io.millrace.views.Hop;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which cells an answer is made of, and which time they are about.
 *
 * @param from the start of the first window, in milliseconds since 1970, or {@link
 *     TimeSpan#OPEN_FROM}
 * @param to the end of the last one, or {@link TimeSpan#OPEN_TO}
 * @param ranges together the span between both, once
 */
public record Coverage(long from, long to, List<CellRange> ranges) {

  public Coverage {
    ranges = List.copyOf(ranges);
  }

  /** The same for windows that begin where those of this one do, and overlap. */
  Coverage hopping(Hop hop) {
    return new Coverage(
        from,
        to == TimeSpan.OPEN_TO || ranges.isEmpty() ? to : to + hop.overlap(),
        ranges.stream().map(starts -> HopWindows.cells(hop, starts)).toList());
  }

  /** Empty where it reaches back to the beginning. */
  Optional<Instant> begin() {
    return from == TimeSpan.OPEN_FROM ? Optional.empty() : Optional.of(Instant.ofEpochMilli(from));
  }

  /** Empty where it has no end. */
  Optional<Instant> end() {
    return to == TimeSpan.OPEN_TO ? Optional.empty() : Optional.of(Instant.ofEpochMilli(to));
  }
}
