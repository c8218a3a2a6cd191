package io.millrace.model;

/**
 * How wide topics are cut and how often they are kept.
 *
 * @param clickPartitions of the topics that clicks flow through
 * @param rollupPartitions of the topics that cells flow through
 * @param replicationFactor copies of every topic
 */
public record TopicLayout(int clickPartitions, int rollupPartitions, short replicationFactor) {
  /** For one broker on one machine. */
  public static final TopicLayout LOCAL = new TopicLayout(8, 4, (short) 1);

  public TopicLayout {
    requirePositive("clickPartitions", clickPartitions);
    requirePositive("rollupPartitions", rollupPartitions);
    requirePositive("replicationFactor", replicationFactor);
  }

  public int partitions(Topic.Spread spread) {
    return switch (spread) {
      case CLICKS -> clickPartitions;
      case ROLLUP -> rollupPartitions;
      case SINGLE -> 1;
    };
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": expected at least 1, got " + value);
    }
  }
}
