package io.millrace.testing.faults;

import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends about a thousand records a second, of 200 bytes, to all partitions in turn, and keeps a
 * ledger of them. Sends in a thread of its own until closed.
 */
final class AckedProducer implements AutoCloseable {
  private static final int BATCH = 20;
  private static final int RECORD_BYTES = 200;
  private static final Duration BETWEEN_BATCHES = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** What the promises are made for: every record on all replicas in sync, and once. */
  static final Map<String, Object> SAFE = Map.of("acks", "all", "enable.idempotence", true);

  /** A record counts as taken as soon as one broker has it in memory. */
  static final Map<String, Object> UNSAFE = Map.of("acks", "1", "enable.idempotence", false);

  private final String topic;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AckLedger ledger = new AckLedger();
  private final Thread thread;
  private volatile boolean stopped;

  private AckedProducer(String topic, Map<String, Object> settings) {
    this.topic = topic;
    producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    thread = Thread.ofPlatform().name("acked-producer").start(this::send);
  }

  static AckedProducer start(HostedKafka kafka, String topic, Map<String, Object> safety) {
    var settings = new HashMap<>(kafka.clientSettings());
    settings.putAll(safety);
    settings.put("delivery.timeout.ms", 120_000);
    settings.put("max.block.ms", 120_000);
    settings.put("linger.ms", 5);
    return new AckedProducer(topic, settings);
  }

  AckLedger ledger() {
    return ledger;
  }

  /** Waits until so many more records than now are acknowledged. */
  void awaitMore(int records) {
    int goal = ledger.count() + records;
    await("acknowledgements").atMost(PATIENCE).until(() -> ledger.count() >= goal);
  }

  private void send() {
    int id = 0;
    while (!stopped) {
      for (int i = 0; i < BATCH; i++) {
        send(id++);
      }
      try {
        Thread.sleep(BETWEEN_BATCHES);
      } catch (InterruptedException stop) {
        return;
      }
    }
  }

  private void send(int id) {
    int partition = id % HostedKafka.PARTITIONS;
    byte[] value = ByteBuffer.allocate(RECORD_BYTES).putInt(0, id).array();
    long sent = System.nanoTime();
    var _ =
        producer.send(
            new ProducerRecord<>(topic, partition, null, value),
            (metadata, failure) -> {
              if (failure == null) {
                ledger.acknowledged(id, partition, sent, System.nanoTime());
              } else {
                ledger.failed();
              }
            });
  }

  /** Sends no more, and waits for what is under way. */
  @Override
  public void close() {
    stopped = true;
    try {
      thread.join();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    producer.close(PATIENCE);
  }
}
