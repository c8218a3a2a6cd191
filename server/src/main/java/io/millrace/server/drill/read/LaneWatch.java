package io.millrace.server.drill.read;

import io.millrace.model.SourceOffset;
import io.millrace.server.ServerException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the lanes and notes when each outcome could first be read. What it sees is for times
 * alone: what is in the lanes is read again at the end.
 *
 * <p>One thread of its own reads; any thread may ask.
 */
public final class LaneWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LaneWatch.class);
  private static final Duration POLL = Duration.ofMillis(100);

  private final DrillTopics topics;
  private final Consumer<byte[], byte[]> consumer;
  private final Set<Integer> partitions;
  private final SeenOutcomes seen = new SeenOutcomes();
  private final Thread thread;
  private volatile boolean isClosed;

  private LaneWatch(
      DrillTopics topics, Consumer<byte[], byte[]> consumer, Set<Integer> partitions) {
    this.topics = topics;
    this.consumer = consumer;
    this.partitions = partitions;
    thread = Thread.ofPlatform().daemon().name("lane-watch").unstarted(this::follow);
  }

  /** Begins where the lanes are at certain offsets. */
  public static LaneWatch start(
      TopicSpans spans, DrillTopics topics, Map<TopicPartition, Long> from) {
    return start(spans.consumer(), topics, from);
  }

  static LaneWatch start(
      Consumer<byte[], byte[]> consumer, DrillTopics topics, Map<TopicPartition, Long> from) {
    Set<Integer> partitions =
        from.keySet().stream()
            .filter(each -> each.topic().equals(topics.clicks()))
            .map(TopicPartition::partition)
            .collect(Collectors.toUnmodifiableSet());
    var lanes =
        from.entrySet().stream()
            .filter(each -> topics.lanes().contains(each.getKey().topic()))
            .toList();
    consumer.assign(lanes.stream().map(Map.Entry::getKey).toList());
    lanes.forEach(each -> consumer.seek(each.getKey(), each.getValue()));
    var watch = new LaneWatch(topics, consumer, partitions);
    watch.thread.start();
    return watch;
  }

  /**
   * When each outcome could be read, in milliseconds since 1970.
   *
   * @throws ServerException when the lanes could not be followed
   */
  public Map<SourceOffset, Long> visible() {
    return seen.times();
  }

  /**
   * How many outcomes could be read so far.
   *
   * @throws ServerException when the lanes could not be followed
   */
  public int size() {
    return Math.toIntExact(seen.counts().values().stream().mapToLong(count -> count).sum());
  }

  /**
   * How many of the events of each partition of click-events have an outcome so far.
   *
   * @throws ServerException when the lanes could not be followed
   */
  public Map<Integer, Long> counts() {
    return seen.counts();
  }

  /**
   * Whether events of every partition of click-events have got an outcome since.
   *
   * @param since what {@link #counts} said then
   * @throws ServerException when the lanes could not be followed
   */
  public boolean hasMovedInAll(Map<Integer, Long> since) {
    Map<Integer, Long> now = seen.counts();
    return partitions.stream()
        .allMatch(partition -> now.getOrDefault(partition, 0L) > since.getOrDefault(partition, 0L));
  }

  private void follow() {
    try (consumer) {
      while (!isClosed) {
        poll();
      }
    } catch (WakeupException closed) {
      log.atDebug().log("The lanes are not followed any longer");
    } catch (RuntimeException failure) {
      log.atWarn().setCause(failure).log("The lanes can not be followed");
      seen.fail(failure);
    }
  }

  private void poll() {
    try {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        seen.see(source(record), System.currentTimeMillis());
      }
    } catch (RetriableException notNow) {
      log.atDebug().setCause(notNow).log("The lanes cannot be read at the moment");
    }
  }

  private SourceOffset source(ConsumerRecord<byte[], byte[]> record) {
    return record.topic().equals(topics.enriched())
        ? LaneRecords.enriched(record).source()
        : LaneRecords.rejected(record).source();
  }

  @Override
  public void close() {
    isClosed = true;
    consumer.wakeup();
    try {
      thread.join();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
