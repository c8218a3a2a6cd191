package io.millrace.server.sender;

import java.time.Duration;
import java.util.Optional;

/**
 * How long to wait before a request is tried again, and when to give up: a pure decision.
 *
 * <p>The pause doubles from {@code first} to {@code longest}; a pause that the collector asks for
 * is honoured instead when it is longer. What counts is the time since something was last
 * acknowledged, so an import of hours outlives any number of short failures.
 *
 * @param patience how long to go on without any acknowledgement
 * @param first the first pause
 * @param longest the longest pause that is chosen without being asked to
 */
public record RetryPolicy(Duration patience, Duration first, Duration longest) {

  public static final RetryPolicy DEFAULT =
      new RetryPolicy(Duration.ofMinutes(2), Duration.ofMillis(100), Duration.ofSeconds(5));

  private static final int MOST_DOUBLINGS = 20;

  public RetryPolicy {
    if (patience.isNegative() || !first.isPositive() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "retry: patience " + patience + ", first " + first + ", longest " + longest);
    }
  }

  public RetryPolicy withPatience(Duration other) {
    return new RetryPolicy(other, first, longest);
  }

  /**
   * The pause after a failed try, or empty when patience has ended.
   *
   * @param failures in a row, at least 1
   * @param waited since the last acknowledgement
   * @param asked what the collector asked for, zero if it did not
   */
  Optional<Duration> pauseAfter(int failures, Duration waited, Duration asked) {
    Duration left = patience.minus(waited);
    if (!left.isPositive()) {
      return Optional.empty();
    }
    Duration doubled = first.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
    Duration chosen = shorter(doubled, longest);
    Duration pause = asked.compareTo(chosen) > 0 ? asked : chosen;
    return Optional.of(shorter(pause, left));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
