package io.millrace.collector.sender;

import io.millrace.model.Namespace;
import io.millrace.model.Topic;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topic {@code visitor-salts}: the day as {@code 2026-03-01} in the key, 32 bytes in the value.
 * A record has the time at which its day begins, so that it is deleted when the day after has
 * ended, whenever it was written. Needed once a day, so it connects each time.
 */
final class KafkaSaltLog implements SaltLog {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaSaltLog.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final int SALT_LENGTH = 32;

  private final Map<String, Object> connection;
  private final TopicPartition partition;

  KafkaSaltLog(Map<String, String> connection, Namespace namespace) {
    this.connection = Map.copyOf(connection);
    partition = new TopicPartition(namespace.qualify(Topic.VISITOR_SALTS.localName()), 0);
  }

  @Override
  public Map<LocalDate, byte[]> read() {
    var found = new HashMap<LocalDate, byte[]>();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (Consumer<byte[], byte[]> consumer = consumer()) {
      var partitions = List.of(partition);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long end = consumer.endOffsets(partitions).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        if (System.nanoTime() - deadline > 0) {
          throw new KafkaException("The end of " + partition + " was not reached in time");
        }
        consumer.poll(POLL).forEach(record -> take(record, found));
      }
    } catch (InterruptException stopped) {
      throw new KafkaException("Stopped while reading", stopped);
    }
    return found;
  }

  private static void take(ConsumerRecord<byte[], byte[]> record, Map<LocalDate, byte[]> found) {
    try {
      if (record.key() != null && record.value() != null && record.value().length == SALT_LENGTH) {
        found.putIfAbsent(
            LocalDate.parse(new String(record.key(), StandardCharsets.UTF_8)), record.value());
        return;
      }
    } catch (DateTimeException noDay) {
      // Told below, like any other record that is none of ours.
    }
    LOG.atWarn().addKeyValue("offset", record.offset()).log("Passed over what is no visitor salt");
  }

  @Override
  public void append(LocalDate day, byte[] salt) {
    long begin = day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    var record =
        new ProducerRecord<>(
            partition.topic(),
            partition.partition(),
            begin,
            day.toString().getBytes(StandardCharsets.UTF_8),
            salt);
    var producer = producer();
    try {
      var _ = producer.send(record).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException failure) {
      throw new KafkaException("The salt could not be written", failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new KafkaException("Stopped while writing", stopped);
    } finally {
      producer.close(Duration.ZERO);
    }
  }

  private Consumer<byte[], byte[]> consumer() {
    var settings = settings();
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private KafkaProducer<byte[], byte[]> producer() {
    var settings = settings();
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE.toMillis());
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private Map<String, Object> settings() {
    var settings = new HashMap<>(connection);
    settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, 4_000);
    settings.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
    return settings;
  }
}
