package io.millrace.testing.harness;

import io.millrace.model.EnrichedClick;
import io.millrace.model.RejectedClick;
import io.millrace.model.codec.EnrichedClickCodec;
import io.millrace.model.codec.RejectedClickCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads whole topics with a plain consumer: what finished transactions have written. */
public final class TopicReader {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Map<String, Object> settings;

  public TopicReader(String bootstrapServers) {
    settings =
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "isolation.level",
            "read_committed",
            "enable.auto.commit",
            false,
            "auto.offset.reset",
            "earliest");
  }

  /** Every record from the beginning to what is the end now. */
  public List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError("the end of " + topic + " was not reached in " + PATIENCE);
        }
        consumer.poll(POLL).forEach(records::add);
      }
      return records;
    }
  }

  /** Every counted event. */
  public List<EnrichedClick> enrichedClicks() {
    return records("enriched-clicks").stream()
        .map(record -> EnrichedClickCodec.decode(record.value()).orThrow())
        .toList();
  }

  /** Every event that is not counted. */
  public List<RejectedClick> rejectedClicks() {
    return records("rejected-clicks").stream()
        .map(record -> RejectedClickCodec.decode(record.value()).orThrow())
        .toList();
  }
}
