package io.millrace.server.config;

import io.millrace.streams.GroupProtocol;
import io.millrace.streams.GroupSettings;
import io.millrace.streams.rollup.CommitPace;
import java.time.Duration;
import java.util.Optional;

/**
 * How a processor works.
 *
 * @param threads that process events
 * @param commitInterval between two transactions while the log is followed closely
 * @param catchUpInterval the same while there is a backlog; never shorter
 * @param behindAfter how old an event is that shows a backlog
 * @param groupProtocol by which processors agree on who works on what
 * @param instanceId what this processor is called in the group, the same at each start and of no
 *     other; where it is given, a restart moves none of its work, which stands still meanwhile
 * @param standbyReplicas of each task's state, kept by other processors
 * @param rack where the processor stands, so that standby replicas are kept elsewhere and reads go
 *     to a broker nearby
 */
public record ProcessingSettings(
    int threads,
    Duration commitInterval,
    Duration catchUpInterval,
    Duration behindAfter,
    GroupProtocol groupProtocol,
    Optional<String> instanceId,
    int standbyReplicas,
    Optional<String> rack) {
  private static final int MOST_THREADS = 256;
  private static final Duration SHORTEST = Duration.ofMillis(1);

  /** The brokers end a transaction by themselves four seconds after the longer of the intervals. */
  private static final Duration LONGEST = Duration.ofSeconds(5);

  public static final ProcessingSettings DEFAULT =
      new ProcessingSettings(
          2,
          CommitPace.DEFAULT.live(),
          CommitPace.DEFAULT.catchingUp(),
          CommitPace.DEFAULT.behindAfter(),
          GroupProtocol.CLASSIC,
          Optional.empty(),
          1,
          Optional.empty());

  public ProcessingSettings {
    require(threads >= 1 && threads <= MOST_THREADS, "threads", "1 to " + MOST_THREADS, threads);
    requireInterval("commit-interval", commitInterval);
    requireInterval("catch-up-interval", catchUpInterval);
    require(
        catchUpInterval.compareTo(commitInterval) >= 0,
        "catch-up-interval",
        "at least commit-interval",
        DurationText.of(catchUpInterval));
    require(behindAfter.isPositive(), "behind-after", "more than 0", DurationText.of(behindAfter));
    var _ = new GroupSettings(groupProtocol, instanceId, standbyReplicas, rack);
  }

  /** How the work is shared. */
  public GroupSettings group() {
    return new GroupSettings(groupProtocol, instanceId, standbyReplicas, rack);
  }

  /** How often the processing commits. */
  public CommitPace commitPace() {
    return new CommitPace(commitInterval, catchUpInterval, behindAfter);
  }

  private static void requireInterval(String key, Duration interval) {
    require(
        interval.compareTo(SHORTEST) >= 0 && interval.compareTo(LONGEST) <= 0,
        key,
        DurationText.of(SHORTEST) + " to " + DurationText.of(LONGEST),
        DurationText.of(interval));
  }

  private static void require(boolean valid, String key, String expected, Object value) {
    if (!valid) {
      throw new IllegalArgumentException(key + ": expected " + expected + ", got " + value);
    }
  }
}
