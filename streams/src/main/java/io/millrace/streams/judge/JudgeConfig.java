package io.millrace.streams.judge;

import java.time.Duration;

/**
 * The bounds of what counts.
 *
 * @param allowedLateness how long after it happened an event may still come; senders of backfills
 *     are exempt
 * @param allowedFuture how far ahead of its reception an event may have happened, for clocks that
 *     are wrong
 */
public record JudgeConfig(Duration allowedLateness, Duration allowedFuture) {
  public static final JudgeConfig DEFAULT =
      new JudgeConfig(Duration.ofDays(3), Duration.ofMinutes(5));

  public JudgeConfig {
    requireNotNegative("allowed-lateness", allowedLateness);
    requireNotNegative("allowed-future", allowedFuture);
  }

  private static void requireNotNegative(String key, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(key + ": must not be negative, got " + value);
    }
  }
}
