package io.millrace.ops.doctor;

import io.millrace.ops.doctor.AppendTrial.Sample;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A topic that is made to write a few records to each broker, and then deleted. Its brokers stamp
 * the records themselves, and tell the stamp with their acknowledgement: so one learns what their
 * clocks say, which no request of Kafka's asks. Used by one thread.
 */
final class ScratchTopic {
  private static final int SAMPLES = 9;
  private static final byte[] RECORD = "millrace doctor".getBytes(StandardCharsets.UTF_8);

  private final Admin admin;
  private final Map<String, String> connection;
  private final Needs needs;
  private final Asking asking;

  ScratchTopic(Admin admin, Map<String, String> connection, Needs needs, Asking asking) {
    this.admin = admin;
    this.connection = connection;
    this.needs = needs;
    this.asking = asking;
  }

  /** What was measured of each broker; empty where it could not be, which is noted. */
  List<AppendTimes> measure(List<Integer> brokers) {
    String name = needs.scratchTopic();
    NewTopic topic =
        new NewTopic(name, spread(brokers))
            .configs(
                Map.of(
                    "message.timestamp.type", "LogAppendTime",
                    "min.insync.replicas", "1",
                    "retention.ms", "3600000"));
    var refusal = asking.failure(admin.createTopics(List.of(topic)).all());
    if (refusal.isPresent()) {
      asking.note(
          "clocks and delays of the brokers, for which the topic "
              + name
              + " is made and deleted ("
              + Asking.reason(refusal.get())
              + ")");
      return List.of();
    }
    try {
      return write(name, brokers);
    } finally {
      asking
          .failure(admin.deleteTopics(List.of(name)).all())
          .ifPresent(
              refused ->
                  asking.note(
                      "nothing, but the topic "
                          + name
                          + " stays behind; delete it ("
                          + Asking.reason(refused)
                          + ")"));
    }
  }

  /** A partition for each broker, which leads it; the copies on those after it. */
  private Map<Integer, List<Integer>> spread(List<Integer> brokers) {
    int copies = Math.min(needs.replicationFactor(), brokers.size());
    var partitions = new HashMap<Integer, List<Integer>>();
    for (int partition = 0; partition < brokers.size(); partition++) {
      var replicas = new ArrayList<Integer>();
      for (int copy = 0; copy < copies; copy++) {
        replicas.add(brokers.get((partition + copy) % brokers.size()));
      }
      partitions.put(partition, replicas);
    }
    return partitions;
  }

  private List<AppendTimes> write(String name, List<Integer> brokers) {
    var settings = new HashMap<String, Object>(connection);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Asking.PATIENCE.toMillis());
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) Asking.PATIENCE.toMillis());
    settings.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    var times = new ArrayList<AppendTimes>();
    try (var producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int partition = 0; partition < brokers.size(); partition++) {
        times.add(write(producer, name, partition, brokers.get(partition)));
      }
    } catch (ExecutionException | TimeoutException | KafkaException failure) {
      asking.note("clocks and delays of the brokers (" + Asking.reason(failure) + ")");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return times;
  }

  private static AppendTimes write(
      KafkaProducer<byte[], byte[]> producer, String name, int partition, int broker)
      throws ExecutionException, TimeoutException, InterruptedException {
    // The first also pays for the connection.
    var _ = sample(producer, name, partition);
    var samples = new ArrayList<Sample>();
    for (int i = 0; i < SAMPLES; i++) {
      samples.add(sample(producer, name, partition));
    }
    return new AppendTrial(broker, samples).times();
  }

  private static Sample sample(KafkaProducer<byte[], byte[]> producer, String name, int partition)
      throws ExecutionException, TimeoutException, InterruptedException {
    long sent = System.currentTimeMillis();
    long begun = System.nanoTime();
    RecordMetadata written =
        producer
            .send(new ProducerRecord<>(name, partition, null, RECORD))
            .get(2 * Asking.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    long took = System.nanoTime() - begun;
    return new Sample(sent, written.timestamp(), System.currentTimeMillis(), took);
  }
}
