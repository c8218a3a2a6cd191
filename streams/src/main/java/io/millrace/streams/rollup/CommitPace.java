package io.millrace.streams.rollup;

import java.time.Duration;

/**
 * How long what has been worked on waits for its commit.
 *
 * <p>A commit makes visible, and it costs: every cell touched since the last one is sent on and
 * written. Who follows the log closely commits often. Who is behind makes nothing visible that is
 * not old already; there the commits are rarer, so that more events meet in each cell and what has
 * piled up is worked off sooner.
 *
 * @param live between commits while the log is followed closely
 * @param catchingUp between commits while behind; never longer than this
 * @param behindAfter a record of this age is behind, by the clock of the collector that received it
 */
public record CommitPace(Duration live, Duration catchingUp, Duration behindAfter) {

  public static final CommitPace DEFAULT =
      new CommitPace(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(2));

  public CommitPace {
    requirePositive("live", live);
    requirePositive("catchingUp", catchingUp);
    requirePositive("behindAfter", behindAfter);
    if (live.compareTo(catchingUp) > 0) {
      throw new IllegalArgumentException(
          "catchingUp: expected at least live, " + live + ", got " + catchingUp);
    }
  }

  private static void requirePositive(String name, Duration duration) {
    if (!duration.isPositive()) {
      throw new IllegalArgumentException(name + ": must be positive, got " + duration);
    }
  }

  /**
   * Whether a record shows that the processing is behind.
   *
   * @param recordTime when a collector received it, in milliseconds since 1970
   * @param now in milliseconds since 1970
   */
  public boolean isBehind(long recordTime, long now) {
    return now - recordTime > behindAfter.toMillis();
  }
}
