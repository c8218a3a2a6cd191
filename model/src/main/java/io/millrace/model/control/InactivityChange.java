package io.millrace.model.control;

import java.time.Duration;

/**
 * How long visitors of a site may do nothing within a session, from a time on.
 *
 * @param inactivity {@link #SHORTEST} to {@link #LONGEST}
 * @param from events received at this time or later, in milliseconds since 1970
 */
public record InactivityChange(Duration inactivity, long from) {
  public static final Duration SHORTEST = Duration.ofMinutes(1);
  public static final Duration LONGEST = Duration.ofHours(4);

  /**
   * How long after a change is written it takes effect: longer than it takes to reach every
   * process, so that all of them apply it to the same events.
   */
  public static final Duration NOTICE = Duration.ofSeconds(10);

  public InactivityChange {
    if (inactivity.compareTo(SHORTEST) < 0 || inactivity.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "session-inactivity: expected "
              + SHORTEST.toMinutes()
              + " minute to "
              + LONGEST.toHours()
              + " hours, got "
              + inactivity);
    }
    if (from < 0) {
      throw new IllegalArgumentException("from: expected a time since 1970, got " + from);
    }
  }
}
