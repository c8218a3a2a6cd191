package io.millrace.streams.backfill;

import io.millrace.streams.judge.LaneClick;
import io.millrace.views.JudgedClick;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the ends of both lanes of stage 1. Safe for any number of threads. */
public final class RecentClicks {
  private static final Logger log = LoggerFactory.getLogger(RecentClicks.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final BackfillSettings settings;

  public RecentClicks(BackfillSettings settings) {
    this.settings = settings;
  }

  /** Some of the events that were judged last; fewer, or none, where the cluster is slow. */
  public List<JudgedClick> latest(int atMost) {
    var clicks = new ArrayList<JudgedClick>();
    try (var consumer =
        new KafkaConsumer<>(
            consumerSettings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      Set<TopicPartition> lanes = partitions();
      Map<TopicPartition, Long> ends = consumer.endOffsets(lanes, PATIENCE);
      Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(lanes, PATIENCE);
      long all = 0;
      for (TopicPartition lane : lanes) {
        all += ends.getOrDefault(lane, 0L) - beginnings.getOrDefault(lane, 0L);
      }
      consumer.assign(lanes);
      for (TopicPartition lane : lanes) {
        long end = ends.getOrDefault(lane, 0L);
        long has = end - beginnings.getOrDefault(lane, 0L);
        consumer.seek(lane, end - Math.min(has, has * atMost / Math.max(1, all) + 1));
      }
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (clicks.size() < atMost
          && System.nanoTime() < deadline
          && lanes.stream()
              .anyMatch(lane -> consumer.position(lane) < ends.getOrDefault(lane, 0L))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          read(record).ifPresent(clicks::add);
        }
      }
    } catch (KafkaException failure) {
      log.atWarn().setCause(failure).log("The latest events cannot be read");
    }
    return clicks.size() > atMost ? clicks.subList(0, atMost) : clicks;
  }

  private Set<TopicPartition> partitions() {
    try (var cluster = new LogEnds(settings.connection())) {
      return cluster.partitions(settings.lanes());
    }
  }

  private Optional<JudgedClick> read(ConsumerRecord<byte[], byte[]> record) {
    return (record.topic().equals(settings.enrichedTopic())
            ? LaneClick.counted(record)
            : LaneClick.rejected(record))
        .map(LaneClick::click);
  }

  private Map<String, Object> consumerSettings() {
    var consumer = new HashMap<String, Object>(settings.connection());
    consumer.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    consumer.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    consumer.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return consumer;
  }
}
