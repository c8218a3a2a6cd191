package io.millrace.server.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.coordinator.transaction.TransactionState;
import org.apache.kafka.coordinator.transaction.generated.TransactionLogValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A broker is killed when a transaction is decided and none of its partitions is marked yet: after
 * the next start all are. See docs/design/0006-marks-of-transactions.md.
 */
@Timeout(180)
class TransactionMarksIT {
  private static final String TOPIC = "numbers";
  private static final int PARTITIONS = 200;
  private static final byte[] NUMBER = {42};

  /** What Kafka 4.3 logs when it takes a partition without a leader for a deleted one. */
  private static final String MARK_LEFT_OUT = "Couldn't find leader endpoint for partitions";

  /** By this name Kafka knows who may write to its own topics. */
  private static final String INTERNAL_CLIENT = "__admin_client";

  @TempDir private Path folder;

  @Test
  void areCompletedAfterAKill() throws Exception {
    LocalKafkaConfig config = LocalKafkaConfig.oneBroker(folder);

    // Given
    try (LocalKafka kafka = TestKafka.start(config);
        KafkaProducer<byte[], byte[]> open = producer(kafka, Map.of("transactional.id", "open"))) {
      createTopic(kafka);
      open.initTransactions();
      open.beginTransaction();
      for (int partition = 0; partition < PARTITIONS; partition++) {
        var _ = open.send(new ProducerRecord<>(TOPIC, partition, NUMBER, NUMBER));
      }
      open.flush();
      decide(kafka);

      // When
      kafka.brokers().getFirst().kill();
      open.close(Duration.ZERO);
    }

    // Then
    try (LocalKafka kafka = TestKafka.start(config)) {
      assertThat(partitionsWithCommit(kafka)).hasSize(PARTITIONS);
      // Whether a mark that was left out stays so is a race; that none was is not.
      assertThat(kafka.brokers().getFirst().logFile()).content().doesNotContain(MARK_LEFT_OUT);
    }
  }

  private static void createTopic(LocalKafka kafka) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1))).all().get();
    }
  }

  /**
   * Writes what the coordinator writes when it is asked to commit. The running one does not see it,
   * the next one does.
   */
  private static void decide(LocalKafka kafka) throws Exception {
    ConsumerRecord<byte[], byte[]> ongoing = latestState(kafka);
    var buffer = ByteBuffer.wrap(ongoing.value());
    short version = buffer.getShort();
    var state = new TransactionLogValue(new ByteBufferAccessor(buffer), version);
    assertThat(state.transactionStatus()).isEqualTo(TransactionState.ONGOING.id());
    state.setTransactionStatus(TransactionState.PREPARE_COMMIT.id());
    state.setProducerEpoch((short) (state.producerEpoch() + 1));
    byte[] decided = MessageUtil.toVersionPrefixedBytes(version, state);
    try (KafkaProducer<byte[], byte[]> internal =
        producer(kafka, Map.of("client.id", INTERNAL_CLIENT))) {
      internal
          .send(new ProducerRecord<>(ongoing.topic(), ongoing.partition(), ongoing.key(), decided))
          .get();
    }
  }

  private static ConsumerRecord<byte[], byte[]> latestState(LocalKafka kafka) {
    List<TopicPartition> states =
        IntStream.range(0, 4)
            .mapToObj(partition -> new TopicPartition("__transaction_state", partition))
            .toList();
    try (var consumer = consumer(kafka, states, "read_uncommitted")) {
      Map<TopicPartition, Long> ends = consumer.endOffsets(states);
      var found = new ArrayList<ConsumerRecord<byte[], byte[]>>();
      while (states.stream().anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
        consumer.poll(Duration.ofMillis(200)).forEach(found::add);
      }
      return found.getLast();
    }
  }

  /** Where the number can be read within a time that is enough for many. */
  private static Set<Integer> partitionsWithCommit(LocalKafka kafka) {
    List<TopicPartition> all =
        IntStream.range(0, PARTITIONS)
            .mapToObj(partition -> new TopicPartition(TOPIC, partition))
            .toList();
    try (var consumer = consumer(kafka, all, "read_committed")) {
      Deadline deadline = Deadline.in(Duration.ofSeconds(10));
      var found = new TreeSet<Integer>();
      while (found.size() < PARTITIONS && !deadline.passed()) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> found.add(record.partition()));
      }
      return found;
    }
  }

  private static KafkaConsumer<byte[], byte[]> consumer(
      LocalKafka kafka, List<TopicPartition> partitions, String isolation) {
    Map<String, Object> config =
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "isolation.level", isolation);
    var consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return consumer;
  }

  private static KafkaProducer<byte[], byte[]> producer(
      LocalKafka kafka, Map<String, Object> more) {
    Map<String, Object> config = new HashMap<>(more);
    config.put("bootstrap.servers", kafka.bootstrapServers());
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
