package io.millrace.ops;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Clients for a topic of one partition that every process follows, and appends to now and then.
 *
 * @param connection settings that any client needs to reach the cluster, by Kafka's names
 */
record LogClients(Map<String, String> connection) {
  private static final int BUFFER_BYTES = 1 << 20;

  /**
   * Reads where it is told to.
   *
   * @param reset where it goes on when that has been deleted, by Kafka's names
   */
  Consumer<byte[], byte[]> consumer(String reset) {
    var settings = new HashMap<String, Object>(connection);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, reset);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /**
   * Writes what is to last. Its waits for metadata and for the acknowledgement add up to the
   * patience, so that what was given up on is not written afterwards.
   */
  Producer<byte[], byte[]> producer(Duration patience) {
    Duration third = patience.dividedBy(3);
    return producer("all", third, third.multipliedBy(2), third);
  }

  /** Writes what is soon said anew: waits for one broker, and not for long. */
  Producer<byte[], byte[]> carelessProducer(Duration patience) {
    return producer("1", patience, patience, patience);
  }

  private Producer<byte[], byte[]> producer(
      String acknowledged, Duration block, Duration delivery, Duration request) {
    var settings = new HashMap<String, Object>(connection);
    settings.put(ProducerConfig.ACKS_CONFIG, acknowledged);
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, acknowledged.equals("all"));
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (int) block.toMillis());
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) request.toMillis());
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) delivery.toMillis());
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
