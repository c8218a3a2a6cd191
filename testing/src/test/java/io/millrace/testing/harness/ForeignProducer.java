package io.millrace.testing.harness;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Somebody else who writes into the topics, as nobody can be kept from on a shared cluster. */
public final class ForeignProducer implements AutoCloseable {
  private final KafkaProducer<byte[], byte[]> producer;

  public ForeignProducer(String bootstrapServers) {
    this(Map.of("bootstrap.servers", bootstrapServers));
  }

  private ForeignProducer(Map<String, Object> settings) {
    producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** One that writes in transactions, each of which leaves a marker that takes an offset. */
  public static ForeignProducer transactional(String bootstrapServers) {
    var settings = new HashMap<String, Object>();
    settings.put("bootstrap.servers", bootstrapServers);
    settings.put("transactional.id", "somebody-else");
    var foreign = new ForeignProducer(settings);
    foreign.producer.initTransactions();
    return foreign;
  }

  public void send(String topic, String key, byte[] value)
      throws ExecutionException, InterruptedException {
    append(topic, key, value);
  }

  public void sendNull(String topic, String key) throws ExecutionException, InterruptedException {
    append(topic, key, null);
  }

  /** Sends a record that has no key. */
  public void sendWithoutKey(String topic, byte[] value)
      throws ExecutionException, InterruptedException {
    producer.send(new ProducerRecord<>(topic, value)).get();
  }

  /** Sends a record in a transaction of its own. */
  public void sendInTransaction(String topic, String key, byte[] value)
      throws ExecutionException, InterruptedException {
    producer.beginTransaction();
    append(topic, key, value);
    producer.commitTransaction();
  }

  private void append(String topic, String key, byte @Nullable [] value)
      throws ExecutionException, InterruptedException {
    producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value)).get();
  }

  @Override
  public void close() {
    producer.close();
  }
}
