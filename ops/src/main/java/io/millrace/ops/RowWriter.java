package io.millrace.ops;

import io.millrace.model.TopicSpec;
import io.millrace.ops.OperationsException.Code;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows to the topic of a reference table, which is made compacted if there is none. Belongs
 * to one thread.
 */
public final class RowWriter implements AutoCloseable {
  private static final int WAIT_MILLIS = 20_000;
  private static final Duration CLOSING = Duration.ofSeconds(30);

  private final String topic;
  private final Producer<byte[], byte[]> producer;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  private RowWriter(String topic, Producer<byte[], byte[]> producer) {
    this.topic = topic;
    this.producer = producer;
  }

  /**
   * Opens a topic.
   *
   * @param replicationFactor of a topic that is made
   * @throws OperationsException where it is there and not compacted, or the cluster does not answer
   */
  public static RowWriter open(Cluster cluster, String topic, short replicationFactor) {
    new TopicSetup(cluster)
        .ensureIgnoringPartitions(
            new TopicSpec(
                topic,
                1,
                replicationFactor,
                Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)));
    var settings = new HashMap<String, Object>(cluster.connection());
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 20);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, WAIT_MILLIS);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, WAIT_MILLIS / 2);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, WAIT_MILLIS);
    return new RowWriter(
        topic, new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()));
  }

  /**
   * Writes a row.
   *
   * @param value empty to delete the row of the key
   */
  public void write(String key, Optional<String> value) {
    requireNoFailure();
    var record =
        new ProducerRecord<byte[], byte[]>(
            topic,
            key.getBytes(StandardCharsets.UTF_8),
            value.map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(null));
    try {
      var _ = producer.send(record, (metadata, failed) -> failure.compareAndSet(null, failed));
    } catch (KafkaException unavailable) {
      throw failed(unavailable);
    }
  }

  /** Waits until all is written. */
  public void flush() {
    producer.flush();
    requireNoFailure();
  }

  private void requireNoFailure() {
    Exception failed = failure.get();
    if (failed != null) {
      throw failed(failed);
    }
  }

  private OperationsException failed(Exception cause) {
    return new OperationsException(
        Code.CLUSTER_UNAVAILABLE,
        "A row could not be written to " + topic + ": " + cause.getMessage(),
        cause);
  }

  @Override
  public void close() {
    producer.close(CLOSING);
  }
}
