package io.millrace.ops;

import io.millrace.model.Namespace;
import io.millrace.model.Topic;
import io.millrace.model.codec.Decoded;
import io.millrace.model.control.ControlCommand;
import io.millrace.model.control.ControlCommandCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Who has changed what, and when: the topic control itself, in which a header of each record tells
 * who it is from. The log is kept for ever, and nothing can be changed but by it, so there is no
 * second book that could differ. Stateless.
 */
public final class ControlHistory {
  static final String BY = "by";

  /** Where nobody in particular asked for a command. */
  public static final String BY_ITSELF = "millrace";

  private static final String UNKNOWN = "unknown";
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /**
   * One change.
   *
   * @param by whom it is from; "unknown" for one from before that was noted
   * @param what the change; empty for one that a newer program has written
   */
  public record Entry(Instant time, String by, String entity, Optional<ControlCommand> what) {}

  private ControlHistory() {}

  /**
   * Tells all there is, in the order of the log.
   *
   * @throws OperationsException where the log cannot be read to its end
   */
  public static void read(
      Map<String, String> connection, Namespace namespace, Consumer<Entry> reader) {
    var settings = new HashMap<String, Object>(connection);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    var partition = new TopicPartition(namespace.qualify(Topic.CONTROL.localName()), 0);
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition), PATIENCE).getOrDefault(partition, 0L);
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (consumer.position(partition, PATIENCE) < end) {
        if (System.nanoTime() > deadline) {
          throw unreadable(partition, new TimeoutException("it took too long"));
        }
        consumer.poll(POLL).forEach(record -> reader.accept(entry(record)));
      }
    } catch (KafkaException failure) {
      throw unreadable(partition, failure);
    }
  }

  private static OperationsException unreadable(TopicPartition partition, Throwable cause) {
    return new OperationsException(
        OperationsException.Code.CLUSTER_UNAVAILABLE,
        "The topic " + partition.topic() + " could not be read to its end",
        cause);
  }

  private static Entry entry(ConsumerRecord<byte[], byte[]> record) {
    Header by = record.headers().lastHeader(BY);
    byte[] value = record.value() == null ? new byte[0] : record.value();
    Optional<ControlCommand> command =
        ControlCommandCodec.decode(value) instanceof Decoded.Value<ControlCommand>(var known)
            ? Optional.of(known)
            : Optional.empty();
    return new Entry(
        Instant.ofEpochMilli(record.timestamp()),
        by == null ? UNKNOWN : new String(by.value(), StandardCharsets.UTF_8),
        record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8),
        command);
  }
}
