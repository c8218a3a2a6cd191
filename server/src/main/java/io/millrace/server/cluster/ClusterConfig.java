package io.millrace.server.cluster;

import io.millrace.model.TopicLayout;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a cluster on one machine is made of.
 *
 * @param dataFolder where all of it keeps its data and logs
 * @param brokers 1, or 3 in racks of their own
 * @param processors that share the work and answer questions
 * @param collectors that take events
 * @param durable whether the brokers force every write to disk before it is acknowledged
 * @param startTimeout how long the parts may take to become ready
 */
public record ClusterConfig(
    Path dataFolder,
    int brokers,
    int processors,
    int collectors,
    boolean durable,
    Duration startTimeout) {
  private static final int MOST_PROCESSES = 9;

  /** What a busy machine of two cores needs at times; a quiet one takes a tenth of it. */
  private static final Duration START_TIMEOUT = Duration.ofMinutes(4);

  public ClusterConfig {
    dataFolder = dataFolder.toAbsolutePath().normalize();
    require(brokers == 1 || brokers == 3, "brokers", brokers, "1 or 3");
    require(
        processors >= 1 && processors <= MOST_PROCESSES,
        "processors",
        processors,
        "1 to " + MOST_PROCESSES);
    require(
        collectors >= 1 && collectors <= MOST_PROCESSES,
        "collectors",
        collectors,
        "1 to " + MOST_PROCESSES);
  }

  /** With the usual patience. */
  public static ClusterConfig of(Path dataFolder, int brokers, int processors, int collectors) {
    return new ClusterConfig(dataFolder, brokers, processors, collectors, false, START_TIMEOUT);
  }

  /** The same with every write forced to disk, or not. */
  public ClusterConfig withDurable(boolean forced) {
    return new ClusterConfig(dataFolder, brokers, processors, collectors, forced, startTimeout);
  }

  /** How its topics are cut: as on one machine, with a copy on every broker. */
  public TopicLayout topics() {
    return new TopicLayout(
        TopicLayout.LOCAL.clickPartitions(), TopicLayout.LOCAL.rollupPartitions(), (short) brokers);
  }

  private static void require(boolean holds, String key, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException("%s: expected %s, got %s".formatted(key, expected, value));
    }
  }
}
