package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.collector.sender.SaltUnavailableException;
import io.millrace.collector.sender.Sender;
import io.millrace.collector.sender.TopicSalts;
import io.millrace.collector.sender.VisitorNaming;
import io.millrace.model.Namespace;
import io.millrace.model.SiteId;
import io.millrace.model.Topic;
import io.millrace.model.TopicLayout;
import io.millrace.model.TopicSpec;
import io.millrace.model.VisitorId;
import io.millrace.ops.Cluster;
import io.millrace.ops.OperationsException;
import io.millrace.ops.TopicSetup;
import io.millrace.server.broker.LocalKafka;
import io.millrace.server.broker.LocalKafkaConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Topics are what the table says, or nothing is done at all. Each test has its own namespace. */
@Timeout(200)
class TopicSetupIT {
  private static LocalKafka kafka;
  private static Cluster cluster;
  private static Admin admin;

  @BeforeAll
  static void start(@TempDir Path folder) {
    kafka = LocalKafka.start(LocalKafkaConfig.oneBroker(folder));
    Map<String, String> connection = Map.of("bootstrap.servers", kafka.bootstrapServers());
    cluster = Cluster.connect(connection);
    admin = Admin.create(Map.copyOf(connection));
  }

  @AfterAll
  static void stop() {
    admin.close();
    cluster.close();
    kafka.close();
  }

  @Test
  void makesTheTopicsOfTheTable() throws Exception {
    // Given
    List<TopicSpec> table = specs(new Namespace("table"));

    // When
    List<String> made = new TopicSetup(cluster).ensure(table);

    // Then
    assertThat(made)
        .containsExactlyInAnyOrder(
            "table.click-events",
            "table.enriched-clicks",
            "table.rejected-clicks",
            "table.sessions",
            "table.rollup-partials",
            "table.control",
            "table.instances",
            "table.visitor-salts",
            "table.url-click-counts");
    assertThat(partitions("table.click-events")).isEqualTo(8);
    assertThat(partitions("table.rollup-partials")).isEqualTo(4);
    assertThat(partitions("table.control")).isEqualTo(1);
    assertThat(setting("table.click-events", "cleanup.policy")).isEqualTo("delete");
    assertThat(setting("table.click-events", "retention.ms")).isEqualTo("2592000000");
    assertThat(setting("table.control", "retention.ms")).isEqualTo("-1");
    assertThat(setting("table.url-click-counts", "cleanup.policy")).isEqualTo("compact");
  }

  @Test
  void leavesTopicsThatAreRightAsTheyAre() {
    // Given
    List<TopicSpec> table = specs(new Namespace("again"));
    new TopicSetup(cluster).ensure(table);

    // When
    List<String> made = new TopicSetup(cluster).ensure(table);

    // Then
    assertThat(made).isEmpty();
    assertThat(new TopicSetup(cluster).differences(table)).isEmpty();
  }

  @Test
  void reportsEveryDifferenceAndMakesNothing() throws Exception {
    // Given
    admin
        .createTopics(
            List.of(
                new NewTopic("other.click-events", 3, (short) 1)
                    .configs(Map.of("retention.ms", "60000")),
                new NewTopic("other.url-click-counts", 4, (short) 1)))
        .all()
        .get();
    await("the broker to have heard of them")
        .atMost(Duration.ofSeconds(30))
        .until(() -> admin.listTopics().names().get().contains("other.url-click-counts"));

    // Then
    assertThatThrownBy(() -> new TopicSetup(cluster).ensure(specs(new Namespace("other"))))
        .isInstanceOf(OperationsException.class)
        .hasMessageContaining("other.click-events: partitions is 3, must be 8")
        .hasMessageContaining("other.click-events: retention.ms is 60000, must be 2592000000")
        .hasMessageContaining("other.url-click-counts: cleanup.policy is delete, must be compact");
    Set<String> topics = admin.listTopics().names().get();
    assertThat(topics)
        .filteredOn(name -> name.startsWith("other."))
        .containsExactlyInAnyOrder("other.click-events", "other.url-click-counts");
  }

  @Test
  void aTopicThatWouldTakeTimesOfTheFarFutureIsReported() throws Exception {
    // Given
    admin
        .createTopics(
            List.of(
                new NewTopic("timeless.click-events", 8, (short) 1)
                    .configs(
                        Map.of(
                            "retention.ms", "2592000000",
                            "message.timestamp.type", "LogAppendTime",
                            "message.timestamp.after.max.ms", "9223372036854775807"))))
        .all()
        .get();
    await("the broker to have heard of it")
        .atMost(Duration.ofSeconds(30))
        .until(() -> admin.listTopics().names().get().contains("timeless.click-events"));

    // Then
    assertThatThrownBy(() -> new TopicSetup(cluster).ensure(specs(new Namespace("timeless"))))
        .hasMessageContaining("message.timestamp.type is LogAppendTime, must be CreateTime")
        .hasMessageContaining(
            "message.timestamp.after.max.ms is 9223372036854775807, must be 3600000");
  }

  @Test
  void theLogRefusesARecordFromTheFarFuture() {
    // Given
    new TopicSetup(cluster).ensure(specs(new Namespace("future")));
    var settings =
        Map.<String, Object>of(
            "bootstrap.servers", cluster.connection().get("bootstrap.servers"), "acks", "all");
    try (var producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      long now = System.currentTimeMillis();

      // Then
      assertThatCode(() -> producer.send(clickAt(now + 3_000_000)).get())
          .doesNotThrowAnyException();
      assertThatThrownBy(() -> producer.send(clickAt(now + 4_000_000)).get())
          .hasCauseInstanceOf(InvalidTimestampException.class);
    }
  }

  @Test
  void allCollectorsOfANamespaceNameAVisitorAlikeToday() {
    // Given
    var namespace = new Namespace("salts");
    var stranger = new Namespace("other-salts");
    new TopicSetup(cluster).ensure(specs(namespace));
    new TopicSetup(cluster).ensure(specs(stranger));
    var site = new SiteId("shop.example");
    Instant now = Instant.now();
    var sender = new Sender("203.0.113.0", "Firefox", now);

    // When
    VisitorId visitor;
    try (TopicSalts one = TopicSalts.start(cluster.connection(), namespace);
        TopicSalts other = TopicSalts.start(cluster.connection(), namespace);
        TopicSalts elsewhere = TopicSalts.start(cluster.connection(), stranger)) {
      visitor = name(one, site, sender);

      // Then
      assertThat(name(other, site, sender)).isEqualTo(visitor);
      assertThat(name(elsewhere, site, sender)).isNotEqualTo(visitor);
    }
    try (TopicSalts restarted = TopicSalts.start(cluster.connection(), namespace)) {
      assertThat(name(restarted, site, sender)).isEqualTo(visitor);
    }
  }

  /** A collector that has just been started answers 503 until it knows. */
  private static VisitorId name(TopicSalts salts, SiteId site, Sender sender) {
    return await("the salt of the day")
        .atMost(Duration.ofMinutes(1))
        .ignoreException(SaltUnavailableException.class)
        .until(
            () -> new VisitorNaming(salts).nameOf(site, "", sender, sender.received()),
            visitor -> true);
  }

  private static ProducerRecord<byte[], byte[]> clickAt(long time) {
    return new ProducerRecord<>("future.click-events", 0, time, new byte[] {1}, new byte[] {1});
  }

  private static List<TopicSpec> specs(Namespace namespace) {
    var specs = new ArrayList<TopicSpec>();
    for (Topic topic : Topic.values()) {
      specs.add(topic.spec(namespace, TopicLayout.LOCAL));
    }
    specs.add(Topic.ofView("url-click-counts", namespace, TopicLayout.LOCAL));
    return specs;
  }

  private static int partitions(String topic) throws Exception {
    return admin
        .describeTopics(List.of(topic))
        .allTopicNames()
        .get()
        .get(topic)
        .partitions()
        .size();
  }

  private static String setting(String topic, String key) throws Exception {
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    return admin.describeConfigs(List.of(resource)).all().get().get(resource).get(key).value();
  }
}
