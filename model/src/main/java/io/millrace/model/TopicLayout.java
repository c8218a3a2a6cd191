package io.millrace.model;

import java.time.Duration;

/**
 * How wide topics are cut and how often they are kept.
 *
 * @param clickPartitions of the topics that clicks flow through
 * @param rollupPartitions of the topics that cells flow through
 * @param replicationFactor copies of every topic
 * @param retention how long the topics of events are kept
 */
public record TopicLayout(
    int clickPartitions, int rollupPartitions, short replicationFactor, Duration retention) {
  /** How long the topics of events are kept where nobody says otherwise. */
  public static final Duration RETENTION = Duration.ofDays(30);

  private static final int MOST_PARTITIONS = 1_000;
  private static final int MOST_COPIES = 9;

  /** Shorter, and a processor that rests for a while would lose what it has not read. */
  private static final Duration SHORTEST_RETENTION = Duration.ofHours(1);

  private static final Duration LONGEST_RETENTION = Duration.ofDays(36_500);

  /** For one broker on one machine. */
  public static final TopicLayout LOCAL = new TopicLayout(8, 4, (short) 1);

  /**
   * For a cluster. More partitions than are needed at first, because a topic cannot get more later
   * without moving visitors; both numbers can be shared out evenly among 2, 3, 4, 6 and 12.
   */
  public static final TopicLayout CLUSTER = new TopicLayout(24, 12, (short) 3);

  public TopicLayout {
    require("click-partitions", clickPartitions, MOST_PARTITIONS);
    require("rollup-partitions", rollupPartitions, MOST_PARTITIONS);
    require("replication-factor", replicationFactor, MOST_COPIES);
    if (retention.compareTo(SHORTEST_RETENTION) < 0 || retention.compareTo(LONGEST_RETENTION) > 0) {
      throw new IllegalArgumentException("retention: expected 1h to 36500d, got " + retention);
    }
  }

  /** With the usual retention. */
  public TopicLayout(int clickPartitions, int rollupPartitions, short replicationFactor) {
    this(clickPartitions, rollupPartitions, replicationFactor, RETENTION);
  }

  public int partitions(Topic.Spread spread) {
    return switch (spread) {
      case CLICKS -> clickPartitions;
      case ROLLUP -> rollupPartitions;
      case SINGLE -> 1;
    };
  }

  /**
   * How many copies must have a record before it is acknowledged: two of three, so that losing one
   * neither loses a record nor stops the writing; one where there are fewer than three.
   */
  public static int minInSync(int replicationFactor) {
    return replicationFactor < 3 ? 1 : 2;
  }

  private static void require(String name, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(name + ": expected 1 to " + most + ", got " + value);
    }
  }
}
