package io.millrace.query.answer;

import java.time.Instant;
import java.util.Optional;

/**
 * A span of time that may be open at either end.
 *
 * @param from the first moment in it
 * @param to the first moment after it
 */
public record TimeSpan(Optional<Instant> from, Optional<Instant> to) {
  public static final TimeSpan ALL_TIME = new TimeSpan(Optional.empty(), Optional.empty());

  /** Stands for an open beginning among window starts. */
  public static final long OPEN_FROM = Long.MIN_VALUE;

  /** Stands for an open end among window starts. */
  public static final long OPEN_TO = Long.MAX_VALUE;

  public TimeSpan {
    if (from.isPresent() && to.isPresent() && !to.get().isAfter(from.get())) {
      throw new IllegalArgumentException("to: " + to.get() + " is not after from, " + from.get());
    }
  }

  public boolean isAllTime() {
    return from.isEmpty() && to.isEmpty();
  }

  /** In milliseconds since 1970, or {@link #OPEN_FROM}. */
  long fromMillis() {
    return from.map(Instant::toEpochMilli).orElse(OPEN_FROM);
  }

  /** In milliseconds since 1970, or {@link #OPEN_TO}. */
  long toMillis() {
    return to.map(Instant::toEpochMilli).orElse(OPEN_TO);
  }
}
