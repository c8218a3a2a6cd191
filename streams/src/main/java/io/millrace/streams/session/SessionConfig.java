package io.millrace.streams.session;

import java.time.Duration;

/**
 * What a session is, and when it is closed.
 *
 * @param inactivity how long a visitor may do nothing within a session, by the time of the events
 * @param closingDelay how long after that a session is still kept open, for events on their way
 * @param mostPerVisitor how many of a visitor's latest sessions a late event can still join, at
 *     least 1
 */
public record SessionConfig(Duration inactivity, Duration closingDelay, int mostPerVisitor) {
  public static final SessionConfig DEFAULT =
      new SessionConfig(Duration.ofMinutes(30), Duration.ofMinutes(5), 8);

  public SessionConfig {
    if (!inactivity.isPositive()) {
      throw new IllegalArgumentException("inactivity: must be above zero, got " + inactivity);
    }
    if (closingDelay.isNegative()) {
      throw new IllegalArgumentException(
          "closing-delay: must not be negative, got " + closingDelay);
    }
    if (mostPerVisitor < 1 || mostPerVisitor > 1_000) {
      throw new IllegalArgumentException(
          "most-per-visitor: expected 1 to 1000, got " + mostPerVisitor);
    }
  }
}
