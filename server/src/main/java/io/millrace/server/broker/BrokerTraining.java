package io.millrace.server.broker;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Runs a broker once, in a temporary folder, through what a broker does early in its life, while
 * its JVM notes which classes that takes. When the broker ends, its JVM writes them into the cache.
 */
final class BrokerTraining {

  /**
   * Writing the cache is part of the end of the broker's process and takes some seconds, more on a
   * busy machine.
   */
  private static final Duration STOP_LIMIT = Duration.ofMinutes(3);

  private static final String TOPIC = "training";
  private static final int RECORDS = 200;

  private final AotCache cache;

  BrokerTraining(AotCache cache) {
    this.cache = cache;
  }

  void run() {
    try (TrainingFolder folder = TrainingFolder.create()) {
      cache.prepare();
      LocalKafkaConfig config = LocalKafkaConfig.oneBroker(folder.path());
      try (LocalKafka kafka = LocalKafka.start(config, command(config))) {
        exercise(kafka.bootstrapServers());
      }
      cache.complete();
    } catch (IOException | ExecutionException problem) {
      throw TrainingFolder.failure(problem);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw TrainingFolder.failure(stop);
    }
  }

  private BrokerCommand command(LocalKafkaConfig config) {
    return new BrokerCommand(
        JavaProgram.current(), config.heapMegabytes(), cache.makeFlags(), STOP_LIMIT);
  }

  private static void exercise(String servers) throws ExecutionException, InterruptedException {
    Map<String, Object> client = Map.of("bootstrap.servers", servers);
    try (Admin admin = Admin.create(client)) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 2, (short) 1))).all().get();
    }
    Map<String, Object> transactional =
        Map.of("bootstrap.servers", servers, "transactional.id", TOPIC);
    try (Producer<String, String> producer =
        new KafkaProducer<>(transactional, new StringSerializer(), new StringSerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      for (int number = 0; number < RECORDS; number++) {
        var _ = producer.send(new ProducerRecord<>(TOPIC, "key-" + number, "value-" + number));
      }
      producer.commitTransaction();
    }
    Map<String, Object> group =
        Map.of("bootstrap.servers", servers, "group.id", TOPIC, "auto.offset.reset", "earliest");
    try (Consumer<String, String> consumer =
        new KafkaConsumer<>(group, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(TOPIC));
      Deadline deadline = Deadline.in(Duration.ofSeconds(30));
      int read = 0;
      while (read < RECORDS && !deadline.passed()) {
        read += consumer.poll(Duration.ofMillis(200)).count();
      }
      consumer.commitSync();
    }
  }
}
