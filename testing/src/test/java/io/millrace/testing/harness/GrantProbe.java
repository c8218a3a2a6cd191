package io.millrace.testing.harness;

import io.millrace.ops.Grant;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Does, with Kafka's own clients, what one line of rights is for, and tells whether it was allowed.
 * Any other failure is thrown. For one thread.
 */
public final class GrantProbe implements AutoCloseable {
  /** What a name is completed with where the line is about a prefix. */
  public static final String REST = "probe";

  private static final int WAIT_MILLIS = 30_000;

  private final Map<String, String> connection;
  private final String readable;
  private final Admin admin;

  /**
   * To log in takes much longer than to be refused, so each logs in once; a broker looks at the
   * rights again for each request.
   */
  private final KafkaProducer<byte[], byte[]> producer;

  private final KafkaConsumer<byte[], byte[]> consumer;

  /**
   * One who asks as a user.
   *
   * @param readable a topic that the user may read, for the offsets of a group
   */
  public GrantProbe(Map<String, String> connection, String readable) {
    this.connection = connection;
    this.readable = readable;
    admin = Admin.create(settings(Map.of("default.api.timeout.ms", WAIT_MILLIS)));
    producer =
        new KafkaProducer<>(
            settings(Map.of("max.block.ms", WAIT_MILLIS, "enable.idempotence", false)),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    consumer =
        new KafkaConsumer<>(
            settings(Map.of("enable.auto.commit", false)),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  /** The name that a line is tried with. */
  public static String name(ResourcePattern resource) {
    return resource.patternType() == PatternType.PREFIXED
        ? resource.name() + REST
        : resource.name();
  }

  public boolean isAllowed(Grant grant) throws InterruptedException {
    String name = name(grant.resource());
    try {
      switch (grant.resource().resourceType()) {
        case TOPIC -> onTopic(grant, name);
        case GROUP -> onGroup(grant, name);
        case TRANSACTIONAL_ID -> begin(name);
        default -> throw new IllegalArgumentException("no way to try " + grant);
      }
      return true;
    } catch (AuthorizationException denied) {
      return false;
    } catch (ExecutionException | KafkaException failure) {
      if (failure.getCause() instanceof AuthorizationException) {
        return false;
      }
      throw new AssertionError(grant.toString(), failure);
    }
  }

  private void onTopic(Grant grant, String name) throws ExecutionException, InterruptedException {
    var partition = new TopicPartition(name, 0);
    switch (grant.operation()) {
      case READ -> read(partition);
      case WRITE -> write(name);
      case DESCRIBE -> admin.describeTopics(List.of(name)).allTopicNames().get();
      case DELETE ->
          admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(0))).all().get();
      case CREATE -> create(name);
      case DESCRIBE_CONFIGS ->
          admin
              .describeConfigs(List.of(new ConfigResource(ConfigResource.Type.TOPIC, name)))
              .all()
              .get();
      default -> throw new IllegalArgumentException("no way to try " + grant);
    }
  }

  private void onGroup(Grant grant, String name) throws ExecutionException, InterruptedException {
    switch (grant.operation()) {
      case READ ->
          admin
              .alterConsumerGroupOffsets(
                  name, Map.of(new TopicPartition(readable, 0), new OffsetAndMetadata(0)))
              .all()
              .get();
      case DESCRIBE ->
          admin
              .listConsumerGroupOffsets(Map.of(name, new ListConsumerGroupOffsetsSpec()))
              .all()
              .get();
      default -> throw new IllegalArgumentException("no way to try " + grant);
    }
  }

  /** Who may make it is told that it is there. */
  private void create(String name) throws ExecutionException, InterruptedException {
    try {
      admin
          .createTopics(
              List.of(new NewTopic(name, 1, (short) 1)),
              new CreateTopicsOptions().validateOnly(true))
          .all()
          .get();
    } catch (ExecutionException failure) {
      if (!(failure.getCause() instanceof TopicExistsException)) {
        throw failure;
      }
    }
  }

  private void write(String topic) throws ExecutionException, InterruptedException {
    // With a key, which topics that are compacted want.
    producer.send(new ProducerRecord<>(topic, 0, new byte[] {1}, new byte[] {1})).get();
  }

  private void begin(String transactionalId) {
    try (var producer =
        new KafkaProducer<>(
            settings(Map.of("max.block.ms", WAIT_MILLIS, "transactional.id", transactionalId)),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.initTransactions();
    }
  }

  /** A topic that may be read and has no record would be read for ever: there is one in each. */
  private void read(TopicPartition partition) {
    // What was fetched for an earlier question answers none of these.
    consumer.unsubscribe();
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
    long deadline = System.nanoTime() + Duration.ofMillis(WAIT_MILLIS).toNanos();
    while (isWaitingFor(partition)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("neither a record of " + partition + " nor a refusal");
      }
    }
  }

  private boolean isWaitingFor(TopicPartition partition) {
    try {
      return consumer.poll(Duration.ofMillis(200)).isEmpty();
    } catch (TopicAuthorizationException refusal) {
      if (refusal.unauthorizedTopics().contains(partition.topic())) {
        throw refusal;
      }
      // The answer to an earlier question.
      return true;
    }
  }

  private Map<String, Object> settings(Map<String, Object> more) {
    var settings = new HashMap<String, Object>(connection);
    settings.putAll(more);
    return settings;
  }

  @Override
  public void close() {
    consumer.close();
    producer.close();
    admin.close();
  }
}
