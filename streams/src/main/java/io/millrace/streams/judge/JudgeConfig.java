package io.millrace.streams.judge;

import java.time.Duration;

/**
 * The bounds of what counts.
 *
 * @param allowedLateness how long after it happened an event may still come; senders of backfills
 *     are exempt
 * @param allowedFuture how far ahead of its reception an event may have happened, for clocks that
 *     are wrong
 * @param duplicateWindow how long after its reception an event is recognised when it is sent again
 * @param backfillDuplicateWindow the same for events of senders of backfills
 * @param maxEventsPerMinute of one visitor; those beyond it are a bot's. 0 for any number; senders
 *     of backfills are exempt
 */
public record JudgeConfig(
    Duration allowedLateness,
    Duration allowedFuture,
    Duration duplicateWindow,
    Duration backfillDuplicateWindow,
    int maxEventsPerMinute) {

  /** So that the hours of expiry fit into 32 bits whatever an event's time is. */
  private static final Duration LONGEST_WINDOW = Duration.ofDays(3_660);

  /** Backfills are remembered for as long as click-events keeps them. */
  public static final JudgeConfig DEFAULT =
      new JudgeConfig(
          Duration.ofDays(3), Duration.ofMinutes(5), Duration.ofDays(1), Duration.ofDays(30), 0);

  public JudgeConfig {
    requireNotNegative("allowed-lateness", allowedLateness);
    requireNotNegative("allowed-future", allowedFuture);
    requireWindow("duplicate-window", duplicateWindow);
    requireWindow("backfill-duplicate-window", backfillDuplicateWindow);
    if (maxEventsPerMinute < 0) {
      throw new IllegalArgumentException(
          "max-events-per-minute: must not be negative, got " + maxEventsPerMinute);
    }
  }

  /** The same, but for how many events a minute a person can cause. */
  public JudgeConfig withMaxEventsPerMinute(int most) {
    return new JudgeConfig(
        allowedLateness, allowedFuture, duplicateWindow, backfillDuplicateWindow, most);
  }

  private static void requireNotNegative(String key, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(key + ": must not be negative, got " + value);
    }
  }

  private static void requireWindow(String key, Duration value) {
    requireNotNegative(key, value);
    if (value.compareTo(LONGEST_WINDOW) > 0) {
      throw new IllegalArgumentException(
          key + ": expected at most " + LONGEST_WINDOW + ", got " + value);
    }
  }
}
