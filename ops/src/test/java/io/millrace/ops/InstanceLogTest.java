package io.millrace.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.model.Namespace;
import io.millrace.model.instance.Announcement;
import io.millrace.model.instance.AnnouncementCodec;
import io.millrace.model.instance.InstanceDirectory;
import io.millrace.model.instance.InstanceDirectory.Member;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InstanceLogTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final TopicPartition INSTANCES = new TopicPartition("teamA.instances", 0);
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final Queue<MockConsumer<byte[], byte[]>> consumers = new ArrayDeque<>();
  private final InstanceDirectory directory = new InstanceDirectory(Duration.ofSeconds(10));
  private final InstanceLog log =
      new InstanceLog(
          consumers::remove,
          new MockProducer<>(
              Cluster.empty(),
              true,
              new RoundRobinPartitioner(),
              new ByteArraySerializer(),
              new ByteArraySerializer()),
          new Namespace("teamA"),
          directory,
          () -> NOW);

  @AfterEach
  void stop() {
    log.close();
  }

  private MockConsumer<byte[], byte[]> consumerOf(long end) {
    var consumer = new MockConsumer<byte[], byte[]>("latest");
    consumer.updateBeginningOffsets(Map.of(INSTANCES, 0L));
    consumer.updateEndOffsets(Map.of(INSTANCES, end));
    consumers.add(consumer);
    return consumer;
  }

  private static ConsumerRecord<byte[], byte[]> announcement(
      long offset, String instance, long secondsAgo) {
    var announcement =
        new Announcement(
            instance, instance, "", Set.of("processor"), "1", Set.of(0), List.of(), List.of());
    byte[] key = instance.getBytes(StandardCharsets.UTF_8);
    byte[] value = AnnouncementCodec.encode(announcement);
    return new ConsumerRecord<>(
        INSTANCES.topic(),
        0,
        offset,
        NOW.minusSeconds(secondsAgo).toEpochMilli(),
        TimestampType.CREATE_TIME,
        key.length,
        value.length,
        key,
        value,
        new RecordHeaders(),
        Optional.empty());
  }

  private void awaitHeardOf(String instance) {
    await(instance).atMost(PATIENCE).until(() -> directory.member(instance).isPresent());
  }

  private List<String> present() {
    return directory.claimants(0, System.nanoTime()).stream().map(Member::instance).toList();
  }

  @Test
  void whatWasSaidBeforeItListenedCountsAsHeardWhenItWasSaid() {
    MockConsumer<byte[], byte[]> consumer = consumerOf(2);
    consumer.schedulePollTask(
        () -> {
          consumer.addRecord(announcement(0, "long gone", 11));
          consumer.addRecord(announcement(1, "just now", 1));
        });
    log.start();
    awaitHeardOf("just now");

    assertThat(present()).containsExactly("just now");
    assertThat(directory.members()).hasSize(2);
  }

  @Test
  void whoIsHeardIsThereWhateverItsClockSays() {
    MockConsumer<byte[], byte[]> consumer = consumerOf(0);
    consumer.schedulePollTask(
        () -> {
          consumer.addRecord(announcement(0, "behind", 3_600));
          consumer.addRecord(announcement(1, "ahead", -3_600));
        });
    log.start();
    awaitHeardOf("ahead");

    assertThat(present()).containsExactly("ahead", "behind");
  }

  @Test
  void goesOnWhereItWasAfterAFailure() {
    MockConsumer<byte[], byte[]> failing = consumerOf(0);
    failing.schedulePollTask(
        () -> {
          failing.addRecord(announcement(0, "first", 0));
          failing.addRecord(announcement(1, "second", 0));
        });
    failing.schedulePollTask(() -> failing.setPollException(new KafkaException("lost")));
    MockConsumer<byte[], byte[]> next = consumerOf(3);
    next.schedulePollTask(() -> next.addRecord(announcement(2, "third", 0)));
    log.start();
    awaitHeardOf("third");

    assertThat(next.position(INSTANCES)).isEqualTo(3);
    assertThat(present()).containsExactly("third", "second", "first");
  }
}
