package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.model.Namespace;
import io.millrace.model.control.ControlCommand;
import io.millrace.model.control.TableGeneration;
import io.millrace.model.control.ViewDefinitions;
import io.millrace.model.control.ViewGeneration;
import io.millrace.model.control.ViewStart;
import io.millrace.server.broker.LocalKafka;
import io.millrace.server.broker.LocalKafkaConfig;
import io.millrace.streams.table.TableFollowers;
import io.millrace.streams.table.TableTopics;
import io.millrace.testing.harness.ForeignTopic;
import io.millrace.testing.harness.Signals;
import io.millrace.views.DefinedViews;
import io.millrace.views.sql.SqlViewCompiler;
import io.millrace.views.sql.TableCompiler;
import io.millrace.views.table.ReferenceTable;
import io.millrace.views.table.ReferenceTables;
import io.millrace.views.table.TableLimits;
import io.millrace.views.table.TablePlan;
import io.millrace.views.table.TableState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the owner of a topic can do to it, and what becomes of the reference table then. */
@Timeout(300)
class TableFollowersIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static LocalKafka kafka;
  private final ViewDefinitions definitions = new ViewDefinitions();
  private final ReferenceTables tables =
      new ReferenceTables(definitions, TableCompiler::compile, TableLimits.DEFAULT);
  private TableFollowers followers;

  @BeforeAll
  static void startKafka(@TempDir Path folder) {
    kafka = LocalKafka.start(LocalKafkaConfig.oneBroker(folder));
  }

  @AfterAll
  static void stopKafka() {
    kafka.close();
  }

  @BeforeEach
  void follow() {
    followers =
        TableFollowers.start(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            Namespace.DEFAULT,
            tables,
            new DefinedViews(definitions, new SqlViewCompiler(tables)));
  }

  @AfterEach
  void leaveOff() {
    followers.close();
  }

  private static String statement(String name, String topic) {
    return "CREATE TABLE %s (k VARCHAR PRIMARY KEY, v VARCHAR) WITH (topic='%s', format='json')"
        .formatted(name, topic);
  }

  private ReferenceTable define(String name, String topic) {
    definitions.apply(
        new ControlCommand.DefineTable(new TableGeneration(name, 1), statement(name, topic)));
    return tables.named(name).orElseThrow();
  }

  private static void awaitKeys(ReferenceTable table, String... keys) {
    await(String.join(", ", keys))
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              var found = new TreeSet<String>();
              table.rows().forEach(row -> found.add(String.valueOf(row[0])));
              assertThat(found).containsExactly(keys);
              assertThat(table.status().state()).isEqualTo(TableState.READY);
            });
  }

  @Test
  void aTopicIsReadToItsEndAndFollowed() throws Exception {
    try (var topic = new ForeignTopic(kafka.bootstrapServers(), "followed").make(3)) {
      for (String key : new String[] {"a", "b", "c", "d"}) {
        topic.put(key, "{\"v\":\"1\"}");
      }
      topic.delete("d");
      topic.put("a", "not JSON");

      ReferenceTable table = define("followed", "followed");

      awaitKeys(table, "a", "b", "c");
      assertThat(table.status().refused()).isEqualTo(1);
      assertThat(table.status().latestRefusal().orElseThrow()).contains("offset").contains("JSON");

      topic.put("e", "{\"v\":\"2\"}");
      topic.delete("b");
      awaitKeys(table, "a", "c", "e");
    }
  }

  @Test
  void aTopicThatIsMissingIsAwaited() throws Exception {
    ReferenceTable table = define("awaited", "awaited");
    await("missing").atMost(PATIENCE).until(table::isSettled);
    assertThat(table.status().state()).isEqualTo(TableState.MISSING);

    try (var topic = new ForeignTopic(kafka.bootstrapServers(), "awaited").make(1)) {
      topic.put("a", "{}");

      awaitKeys(table, "a");
    }
  }

  @Test
  void aTopicThatIsMadeAnewGrowsOrIsCutIsReadAgain() throws Exception {
    try (var topic = new ForeignTopic(kafka.bootstrapServers(), "changing").make(1)) {
      topic.put("a", "{}");
      topic.put("b", "{}");
      ReferenceTable table = define("changing", "changing");
      awaitKeys(table, "a", "b");

      topic.deleteWhole();
      await("missing").atMost(PATIENCE).until(() -> table.status().state() == TableState.MISSING);
      assertThat(table.status().rows()).as("what was read stays").isEqualTo(2);

      // Of one that is compacted alone Kafka lets nobody delete records.
      topic.make(1, "compact,delete");
      topic.put("c", "{}");
      topic.put("d", "{}");
      topic.put("e", "{}");
      awaitKeys(table, "c", "d", "e");

      topic.growTo(4);
      await("a record in each partition")
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(
              () -> {
                for (int i = 0; i < 10; i++) {
                  topic.put("f" + i, "{}");
                }
                return true;
              });
      awaitKeys(table, "c", "d", "e", "f0", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9");

      for (int partition = 0; partition < 4; partition++) {
        topic.deleteRecords(partition);
      }
      awaitKeys(table);
    }
  }

  @Test
  void whatIsNotCommittedIsNoRow() throws Exception {
    try (var topic = new ForeignTopic(kafka.bootstrapServers(), "transactional").make(1);
        var producer =
            new KafkaProducer<>(
                Map.<String, Object>of(
                    "bootstrap.servers", kafka.bootstrapServers(), "transactional.id", "owner"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
      topic.put("a", "{}");
      producer.initTransactions();
      producer.beginTransaction();
      send(producer, "b");
      producer.abortTransaction();
      producer.beginTransaction();
      send(producer, "c");
      ReferenceTable table = define("transactional", "transactional");

      awaitKeys(table, "a");

      producer.commitTransaction();
      awaitKeys(table, "a", "c");
    }
  }

  private static void send(KafkaProducer<byte[], byte[]> producer, String key) throws Exception {
    producer
        .send(
            new ProducerRecord<>(
                "transactional",
                key.getBytes(StandardCharsets.UTF_8),
                "{}".getBytes(StandardCharsets.UTF_8)))
        .get();
  }

  @Test
  void rowsStayWhileTheBrokerIsAwayAndFollowAfterwards() throws Exception {
    try (var topic = new ForeignTopic(kafka.bootstrapServers(), "away").make(1)) {
      topic.put("a", "{}");
      ReferenceTable table = define("away", "away");
      awaitKeys(table, "a");

      Signals.pause(kafka.processIds().getFirst());
      try {
        // Not a wait for something to have happened: longer than any request waits.
        Thread.sleep(Duration.ofSeconds(15));
        assertThat(table.row("a")).isNotNull();
        assertThat(table.status().state()).isEqualTo(TableState.READY);
      } finally {
        Signals.resume(kafka.processIds().getFirst());
      }
      topic.put("b", "{}");

      awaitKeys(table, "a", "b");
    }
  }

  @Test
  void aDroppedTableIsFollowedAsLongAsAViewReadsIt() throws Exception {
    try (var topic = new ForeignTopic(kafka.bootstrapServers(), "dropped").make(1)) {
      ReferenceTable table = define("dropped", "dropped");
      awaitKeys(table);
      definitions.apply(
          new ControlCommand.DefineView(
              new ViewGeneration("reading", 2),
              "CREATE MATERIALIZED VIEW reading AS SELECT d.v, COUNT(*) AS n FROM clicks c"
                  + " JOIN dropped d ON d.k = c.path GROUP BY d.v",
              ViewStart.NOW));
      definitions.apply(new ControlCommand.DropTable("dropped"));
      assertThat(tables.named("dropped")).isEmpty();

      topic.put("a", "{}");
      awaitKeys(table, "a");

      definitions.apply(new ControlCommand.DropView("reading"));
      await("nobody follows it")
          .atMost(PATIENCE)
          .until(
              () ->
                  Thread.getAllStackTraces().keySet().stream()
                      .noneMatch(thread -> thread.getName().equals("table-dropped@1")));
    }
  }

  @Test
  @SuppressWarnings("try") // topics that only have to be there
  void whetherATableCanBeDefinedIsAskedOfTheCluster() throws Exception {
    try (var compacted = new ForeignTopic(kafka.bootstrapServers(), "fine").make(1);
        var deleted = new ForeignTopic(kafka.bootstrapServers(), "loses").make(1, "delete")) {
      assertThat(obstacle("fine")).isEmpty();
      assertThat(obstacle("loses").orElseThrow()).contains("not compacted (cleanup.policy=delete)");
      assertThat(obstacle("nowhere")).contains("there is no topic nowhere");
      assertThat(obstacle("click-events").orElseThrow()).contains("this program's own");
      assertThat(obstacle("control").orElseThrow()).contains("this program's own");
    }
  }

  private Optional<String> obstacle(String topic) {
    TablePlan plan = TableCompiler.compile(statement("t", topic));
    TableTopics topics = followers.topics();
    return topics.obstacle(plan);
  }
}
