package io.millrace.server.drill.read;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;

/**
 * The ends of topics once all can be read that was written before. Until its marker is in a
 * partition, what a transaction has written there cannot be read though it is decided, and the
 * markers of one transaction do not come to all partitions at once.
 */
final class StableEnds {
  private static final Duration PAUSE = Duration.ofMillis(50);

  private StableEnds() {}

  /**
   * Waits until all can be read that is written now.
   *
   * @param readable the ends for those who read what is committed
   * @param written the ends of all that is written
   * @param patience after which what can be read is told as it is
   */
  static Map<TopicPartition, Long> await(
      Supplier<Map<TopicPartition, Long>> readable,
      Supplier<Map<TopicPartition, Long>> written,
      Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    // Once, at the beginning: where more is written all the time there is no other end to wait for.
    Map<TopicPartition, Long> wanted = written.get();
    while (true) {
      Map<TopicPartition, Long> ends = readable.get();
      if (reach(ends, wanted) || System.nanoTime() > deadline) {
        return ends;
      }
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return ends;
      }
    }
  }

  private static boolean reach(Map<TopicPartition, Long> ends, Map<TopicPartition, Long> wanted) {
    return wanted.entrySet().stream()
        .allMatch(each -> ends.getOrDefault(each.getKey(), 0L) >= each.getValue());
  }
}
