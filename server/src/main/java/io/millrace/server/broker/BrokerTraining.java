package io.millrace.server.broker;

import io.millrace.server.ServerError;
import io.millrace.server.ServerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
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
  private static final int STOP_SECONDS = 120;

  private static final String TOPIC = "training";
  private static final int RECORDS = 200;

  private final AotCache cache;

  BrokerTraining(AotCache cache) {
    this.cache = cache;
  }

  void run() {
    try {
      cache.clearFolder();
      Path folder = Files.createTempDirectory("millrace-training");
      try {
        train(folder);
      } finally {
        delete(folder);
      }
    } catch (IOException | ExecutionException problem) {
      throw failure(problem);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw failure(stop);
    }
  }

  private void train(Path folder) throws IOException, ExecutionException, InterruptedException {
    Path draft = cache.file().resolveSibling(cache.file().getFileName() + ".draft");
    LocalKafkaConfig config = LocalKafkaConfig.oneBroker(folder);
    List<String> flags =
        Stream.concat(
                AotCache.makeFlags(draft).stream(),
                Stream.of("-D" + BrokerMain.STOP_SECONDS + "=" + STOP_SECONDS))
            .toList();
    var command = new BrokerCommand(JavaProgram.current(), config.heapMegabytes(), flags);
    try (LocalKafka kafka = LocalKafka.start(config, command)) {
      exercise(kafka.bootstrapServers());
    }
    Files.move(
        draft, cache.file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
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

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static ServerException failure(Exception cause) {
    return new ServerException(
        ServerError.LAUNCH_FAILED,
        "Cannot make the cache of the local Kafka: %s. All works without it; the start takes a little longer."
            .formatted(cause.getMessage()),
        cause);
  }
}
