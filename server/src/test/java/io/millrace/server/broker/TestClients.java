package io.millrace.server.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
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
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What the tests do with a Kafka: make a topic, write texts, read them all back. */
final class TestClients {

  private final Map<String, Object> config;

  TestClients(String bootstrapServers) {
    this(Map.of("bootstrap.servers", bootstrapServers));
  }

  /** Clients of a Kafka that asks for more than an address. */
  TestClients(Map<String, String> connection) {
    config = new HashMap<>(connection);
    config.put("request.timeout.ms", 4_000);
    config.put("socket.connection.setup.timeout.ms", 1_500);
  }

  void createTopic(String name, int replicas) throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(config)) {
      admin.createTopics(List.of(new NewTopic(name, 1, (short) replicas))).all().get();
    }
  }

  void write(String topic, String... texts) throws ExecutionException, InterruptedException {
    Map<String, Object> forProducer = new HashMap<>(config);
    forProducer.put("delivery.timeout.ms", 20_000);
    try (Producer<String, String> producer =
        new KafkaProducer<>(forProducer, new StringSerializer(), new StringSerializer())) {
      for (String text : texts) {
        producer.send(new ProducerRecord<>(topic, text)).get();
      }
    }
  }

  List<String> readAll(String topic) {
    var partition = new TopicPartition(topic, 0);
    try (Consumer<String, String> consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      List<String> texts = new ArrayList<>();
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofMillis(200)).forEach(found -> texts.add(found.value()));
      }
      return texts;
    }
  }

  List<String> racksOf(String topic) throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(config)) {
      return admin.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
          .flatMap(description -> description.partitions().stream())
          .flatMap(partition -> partition.replicas().stream())
          .map(node -> String.valueOf(node.rack()))
          .toList();
    }
  }

  /** A setting of a broker, as the broker itself has it. */
  String settingOf(int broker, String name) throws ExecutionException, InterruptedException {
    var resource = new ConfigResource(ConfigResource.Type.BROKER, String.valueOf(broker));
    try (Admin admin = Admin.create(config)) {
      return admin
          .describeConfigs(List.of(resource))
          .all()
          .get()
          .values()
          .iterator()
          .next()
          .get(name)
          .value();
    }
  }
}
