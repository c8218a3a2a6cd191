package io.millrace.testing.harness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Follows what comes out of the processing, and tells for how long at most nothing came out of any
 * one partition. To be used while events of every partition keep coming. Safe for any number of
 * threads; one of its own reads.
 */
public final class StallWatch implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(20);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;
  private final Map<TopicPartition, Long> latest = new HashMap<>();
  private final Map<TopicPartition, Long> longest = new HashMap<>();
  private final Thread thread;
  private volatile boolean closed;

  /** Begins to follow some topics, from now on. */
  public StallWatch(String bootstrapServers, String... topics) {
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    partitions = new ArrayList<>();
    for (String topic : topics) {
      consumer
          .partitionsFor(topic)
          .forEach(found -> partitions.add(new TopicPartition(topic, found.partition())));
    }
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    begin();
    thread = Thread.ofPlatform().name("stall-watch").daemon().start(this::follow);
  }

  private void follow() {
    while (!closed) {
      for (TopicPartition partition : consumer.poll(POLL).partitions()) {
        arrived(partition, System.nanoTime());
      }
    }
    consumer.close();
  }

  private synchronized void arrived(TopicPartition partition, long now) {
    long gap = now - latest.getOrDefault(partition, now);
    longest.merge(partition, gap, Math::max);
    latest.put(partition, now);
  }

  /** Forgets what was. */
  public synchronized void begin() {
    long now = System.nanoTime();
    partitions.forEach(partition -> latest.put(partition, now));
    longest.clear();
  }

  /** The longest stall of each partition since the beginning, one that still goes on included. */
  public synchronized Map<TopicPartition, Duration> stalls() {
    long now = System.nanoTime();
    var stalls = new HashMap<TopicPartition, Duration>();
    for (TopicPartition partition : partitions) {
      long current = now - latest.getOrDefault(partition, now);
      stalls.put(
          partition, Duration.ofNanos(Math.max(current, longest.getOrDefault(partition, 0L))));
    }
    return stalls;
  }

  /**
   * Whether something has come out of every partition since then.
   *
   * @param nanoTime as {@link System#nanoTime} tells
   */
  public synchronized boolean hasMovedSince(long nanoTime) {
    return latest.values().stream().allMatch(time -> time - nanoTime > 0);
  }

  /** The longest stall of any partition. */
  public Duration longest() {
    return stalls().values().stream().max(Duration::compareTo).orElse(Duration.ZERO);
  }

  /** The longest stall of any partition of a topic. */
  public Duration longest(String topic) {
    return stalls().entrySet().stream()
        .filter(stall -> stall.getKey().topic().equals(topic))
        .map(Map.Entry::getValue)
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  /** Whether something has come out of every partition within so long. */
  public synchronized boolean flows(Duration within) {
    long now = System.nanoTime();
    return latest.values().stream().allMatch(time -> now - time < within.toNanos());
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
