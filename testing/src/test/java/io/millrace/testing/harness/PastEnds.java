package io.millrace.testing.harness;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ForwardingAdmin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * The clients of a Kafka Streams that asks for the ends of its changelogs where a broker answers
 * that was replaced: each of them is, once or more often, that of an earlier moment. All else is as
 * usual. Kafka Streams makes it by its name ({@code default.client.supplier}).
 */
public final class PastEnds implements KafkaClientSupplier {
  private static final Map<TopicPartition, Past> PAST = new ConcurrentHashMap<>();
  private static final Map<TopicPartition, Integer> TOLD = new ConcurrentHashMap<>();

  private record Past(long end, int answersLeft) {}

  /** From now on each changelog there is ends where it does now, for so many answers. */
  public static void remember(String bootstrapServers, int answers)
      throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      var changelogs =
          admin.listTopics().names().get().stream()
              .filter(topic -> topic.endsWith("-changelog"))
              .toList();
      Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
      admin
          .describeTopics(changelogs)
          .allTopicNames()
          .get()
          .forEach(
              (topic, described) ->
                  described
                      .partitions()
                      .forEach(
                          partition ->
                              latest.put(
                                  new TopicPartition(topic, partition.partition()),
                                  OffsetSpec.latest())));
      admin
          .listOffsets(latest)
          .all()
          .get()
          .forEach((changelog, end) -> PAST.put(changelog, new Past(end.offset(), answers)));
    }
  }

  /** How often each changelog was said to end where others had written beyond. */
  public static Map<TopicPartition, Integer> told() {
    return Map.copyOf(TOLD);
  }

  @Override
  public Admin getAdmin(Map<String, Object> settings) {
    return new Forgetful(settings);
  }

  @Override
  public Producer<byte[], byte[]> getProducer(Map<String, Object> settings) {
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Override
  public Consumer<byte[], byte[]> getConsumer(Map<String, Object> settings) {
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> settings) {
    return getConsumer(settings);
  }

  @Override
  public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> settings) {
    return getConsumer(settings);
  }

  private static final class Forgetful extends ForwardingAdmin {
    Forgetful(Map<String, Object> settings) {
      super(settings);
    }

    /** By this the group's leader asks, to whom it makes little difference. */
    @Override
    public ListOffsetsResult listOffsets(Map<TopicPartition, OffsetSpec> asked) {
      return super.listOffsets(asked, new ListOffsetsOptions());
    }

    @Override
    public ListOffsetsResult listOffsets(
        Map<TopicPartition, OffsetSpec> asked, ListOffsetsOptions options) {
      ListOffsetsResult answer = super.listOffsets(asked, options);
      Map<TopicPartition, KafkaFuture<ListOffsetsResultInfo>> told = new HashMap<>();
      asked
          .keySet()
          .forEach(
              partition ->
                  told.put(
                      partition,
                      answer
                          .partitionResult(partition)
                          .thenApply(end -> ofThePast(partition, end))));
      return new ListOffsetsResult(told);
    }

    private static ListOffsetsResultInfo ofThePast(
        TopicPartition partition, ListOffsetsResultInfo now) {
      Past past =
          PAST.computeIfPresent(
              partition, (same, before) -> new Past(before.end, before.answersLeft - 1));
      if (past == null || past.answersLeft < 0) {
        return now;
      }
      if (past.end < now.offset()) {
        TOLD.merge(partition, 1, Integer::sum);
      }
      return new ListOffsetsResultInfo(past.end, now.timestamp(), now.leaderEpoch());
    }
  }
}
