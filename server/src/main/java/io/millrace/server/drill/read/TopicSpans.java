package io.millrace.server.drill.read;

import io.millrace.server.ServerError;
import io.millrace.server.ServerException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads parts of topics with a consumer of its own each time: what finished transactions have
 * written. Safe for any number of threads.
 */
public final class TopicSpans {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Longer than brokers let a transaction of a processor that is gone stay open. */
  private static final Duration TRANSACTION_PATIENCE = Duration.ofMinutes(1);

  private final Map<String, String> connection;

  /**
   * @param connection settings with which clients reach the cluster, by Kafka's names
   */
  public TopicSpans(Map<String, String> connection) {
    this.connection = Map.copyOf(connection);
  }

  /**
   * The ends of topics as soon as all can be read that is in them now, or those of what can be read
   * where a transaction stays open.
   */
  public Map<TopicPartition, Long> ends(List<String> topics) {
    try (KafkaConsumer<byte[], byte[]> readable = consumer();
        KafkaConsumer<byte[], byte[]> written = consumer("read_uncommitted")) {
      List<TopicPartition> partitions = partitions(readable, topics);
      return StableEnds.await(
          () -> readable.endOffsets(partitions),
          () -> written.endOffsets(partitions),
          TRANSACTION_PATIENCE);
    }
  }

  /** All that is in a span. */
  public List<ConsumerRecord<byte[], byte[]>> read(TopicSpan span) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      consumer.assign(span.from().keySet());
      span.from().forEach(consumer::seek);
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!isAtEnd(consumer, span)) {
        if (System.nanoTime() > deadline) {
          throw new ServerException(
              ServerError.BROKER_NOT_READY,
              "The end of %s was not reached within %d s"
                  .formatted(span.to(), PATIENCE.toSeconds()));
        }
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          if (record.offset()
              < span.to()
                  .getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L)) {
            records.add(record);
          }
        }
      }
      return records;
    }
  }

  KafkaConsumer<byte[], byte[]> consumer() {
    return consumer("read_committed");
  }

  private KafkaConsumer<byte[], byte[]> consumer(String isolation) {
    var settings = new HashMap<String, Object>(connection);
    settings.put("isolation.level", isolation);
    settings.put("enable.auto.commit", false);
    settings.put("auto.offset.reset", "earliest");
    settings.put("enable.metrics.push", false);
    // Finds the new leader of a partition as soon as it can be found.
    settings.put("request.timeout.ms", 4_000);
    settings.put("default.api.timeout.ms", 30_000);
    settings.put("socket.connection.setup.timeout.ms", 1_500);
    settings.put("metadata.max.age.ms", 5_000);
    settings.put("fetch.max.wait.ms", 100);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  static List<TopicPartition> partitions(
      KafkaConsumer<byte[], byte[]> consumer, List<String> topics) {
    return topics.stream()
        .flatMap(
            topic ->
                consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition())))
        .toList();
  }

  private static boolean isAtEnd(KafkaConsumer<byte[], byte[]> consumer, TopicSpan span) {
    return span.to().entrySet().stream()
        .allMatch(each -> consumer.position(each.getKey()) >= each.getValue());
  }
}
