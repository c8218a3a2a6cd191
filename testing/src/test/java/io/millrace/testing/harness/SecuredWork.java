package io.millrace.testing.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.collector.sender.TopicSalts;
import io.millrace.model.Namespace;
import io.millrace.model.Outcome;
import io.millrace.model.SiteId;
import io.millrace.model.control.ControlCommand;
import io.millrace.model.control.Permission;
import io.millrace.model.control.WriteKey;
import io.millrace.ops.Cluster;
import io.millrace.ops.ControlLog;
import io.millrace.ops.LaneReadmission;
import io.millrace.ops.OffsetReader;
import io.millrace.ops.ProcessedRecords;
import io.millrace.ops.RowWriter;
import io.millrace.server.credentials.KafkaUser;
import io.millrace.server.instance.Instance;
import io.millrace.server.instance.InstanceConfig;
import io.millrace.server.instance.ProcessingConfig;
import io.millrace.server.instance.Role;
import io.millrace.streams.GroupSettings;
import io.millrace.streams.StreamsSettings;
import io.millrace.streams.judge.JudgeConfig;
import io.millrace.streams.rollup.CommitPace;
import io.millrace.streams.session.SessionConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Everything that the roles and an administrator do with Kafka, each logged in as its own user:
 * events are taken, judged, counted and shown as they come, visits end, views of clicks and visits
 * get their past, a reference table is loaded and read, events are readmitted, merged partials
 * deleted.
 */
public final class SecuredWork {
  /** Where the rows of the reference table are. */
  public static final String TABLE_TOPIC = "shop-products";

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Valid for the site of the events. */
  public static final String KEY = "a-key-of-the-test";

  private static final int VISITORS = 24;
  private static final Map<String, String> BOT = Map.of("User-Agent", "curl/8.5.0");

  /** A visit is over as soon as somebody looks. */
  private static final ProcessingConfig SHORT_VISITS =
      new ProcessingConfig(
          2,
          CommitPace.DEFAULT,
          GroupSettings.ALONE,
          JudgeConfig.DEFAULT,
          new SessionConfig(Duration.ofSeconds(1), Duration.ZERO, 8),
          Optional.empty());

  private static final String TABLE =
      "CREATE TABLE products (path VARCHAR PRIMARY KEY, category VARCHAR) WITH (topic = '"
          + TABLE_TOPIC
          + "', format = 'json')";
  private static final String BY_CATEGORY =
      "CREATE MATERIALIZED VIEW by_category AS SELECT p.category, COUNT(*) AS events"
          + " FROM clicks c LEFT JOIN products p ON p.path = c.path GROUP BY p.category";
  private static final String VISITS =
      "CREATE MATERIALIZED VIEW visits AS SELECT site, COUNT(*) AS visits FROM sessions"
          + " GROUP BY site";

  private final SecuredKafka kafka;
  private final Namespace namespace;
  private final Path folder;

  public SecuredWork(SecuredKafka kafka, Namespace namespace, Path folder) {
    this.kafka = kafka;
    this.namespace = namespace;
    this.folder = folder;
  }

  /** Does all of it; what fails is thrown. */
  public void run() throws InterruptedException {
    try (Instance processor = instance(Role.PROCESSOR)) {
      admit();
      loadRows();
      try (Instance collector = instance(Role.COLLECTOR);
          Instance query = instance(Role.QUERY);
          var events = new HttpProbe(collector.url());
          var questions = new HttpProbe(query.url())) {
        assertThat(processor.awaitReady(PATIENCE)).isTrue();
        send(events);
        nameVisitors();
        var sql = new SqlProbe(questions);
        await("the table")
            .atMost(PATIENCE)
            .ignoreExceptions()
            .until(() -> sql.send(TABLE).status() == 200);
        define(sql, "by_category", BY_CATEGORY);
        awaitSomething("sessions");
        define(sql, "visits", VISITS);
        awaitPast(sql, "by_category");
        awaitPast(sql, "visits");
        watch(query, events);
        readCommittedOffsets();
      }
      readmit();
      deleteMergedPartials();
    }
  }

  private Instance instance(Role role) {
    InstanceConfig config =
        InstanceConfig.local(folder.resolve(role.label()), 0)
            .withRoles(Set.of(role))
            .withNamespace(namespace)
            .withProcessing(SHORT_VISITS);
    return Instance.start(config, kafka.connection(KafkaUser.valueOf(role.name())), step -> {});
  }

  private void admit() {
    try (ControlLog control = ControlLog.open(kafka.connection(KafkaUser.ADMIN), namespace)) {
      var site = new SiteId(RunningInstance.SITE);
      control.append(new ControlCommand.RegisterSite(site, "Shop"));
      control.append(
          new ControlCommand.IssueKey(WriteKey.hash(KEY), site, EnumSet.allOf(Permission.class)));
    }
  }

  private void loadRows() {
    try (Cluster cluster = Cluster.connect(kafka.connection(KafkaUser.ADMIN));
        RowWriter rows = RowWriter.open(cluster, TABLE_TOPIC, (short) 1)) {
      rows.write("/1", Optional.of("{\"path\":\"/1\",\"category\":\"one\"}"));
      rows.flush();
    }
  }

  /** Each event twice, and one of a bot. */
  private static void send(HttpProbe events) {
    Instant now = Instant.now();
    var body = new StringBuilder("[");
    for (int visitor = 0; visitor < VISITORS; visitor++) {
      String event =
          new TestEvent("event-" + visitor, "visitor-" + visitor, "/" + visitor, now).json();
      body.append(visitor == 0 ? "" : ",").append(event).append(',').append(event);
    }
    String json = body.append(']').toString();
    // The first takes as long as connecting does, which on a busy machine is too long.
    await("accepted").atMost(PATIENCE).until(() -> events.postEvents(KEY, json).status() == 202);
    String bot = new TestEvent("bot", "a-bot", "/", now).json();
    assertThat(events.postEvents(KEY, bot, BOT).status()).isEqualTo(202);
  }

  /** Shows what is counted and what is not, of which there is more until both were seen. */
  private static void watch(Instance query, HttpProbe events) {
    var sent = new AtomicInteger();
    try (LiveProbe live = open(query)) {
      await("a live event of each kind")
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(500))
          .ignoreExceptions()
          .until(
              () -> {
                int number = sent.incrementAndGet();
                TestEvent human = TestEvent.now("live-" + number, "/live");
                TestEvent bot = TestEvent.now("live-bot-" + number, "/live");
                events.postEvents(KEY, human.json());
                events.postEvents(KEY, bot.json(), BOT);
                return IntStream.range(1, number).anyMatch(i -> live.hasClick("live-" + i))
                    && IntStream.range(1, number).anyMatch(i -> live.hasClick("live-bot-" + i));
              });
    }
  }

  /** The stream begins with numbers, for which all cells have to be there. */
  private static LiveProbe open(Instance query) {
    return await("a live stream")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .ignoreExceptions()
        .until(() -> new LiveProbe(query.url(), RunningInstance.SITE), Objects::nonNull);
  }

  /** As collectors that are several do; one that is alone keeps its salts in a file. */
  private void nameVisitors() {
    try (TopicSalts salts = TopicSalts.start(kafka.connection(KafkaUser.COLLECTOR), namespace)) {
      await("the salt of the day")
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(() -> salts.saltOf(LocalDate.now(ZoneOffset.UTC)).length > 0);
    }
  }

  private void awaitSomething(String topic) {
    try (Cluster cluster = Cluster.connect(kafka.connection(KafkaUser.OWNER))) {
      var offsets =
          new OffsetReader(
              cluster, namespace.qualify(topic), StreamsSettings.applicationId(namespace));
      await("something in " + topic)
          .atMost(PATIENCE)
          .until(() -> offsets.ends().values().stream().anyMatch(end -> end > 0));
    }
  }

  /** Each view gets its past by itself, so several at a time. */
  private static void define(SqlProbe sql, String view, String statement) {
    // A busy machine may take longer for an answer than one waits for it.
    await(view)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptions()
        .until(
            () -> {
              if (sql.states(view).isEmpty()) {
                sql.rows(statement);
              }
              return !sql.states(view).isEmpty();
            });
  }

  private static void awaitPast(SqlProbe sql, String view) {
    await("the past of " + view)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptions()
        .until(() -> sql.states(view).toString().contains("complete"));
  }

  /** As the audit does, which needs the cells of processors besides. */
  private void readCommittedOffsets() {
    try (Cluster cluster = Cluster.connect(kafka.connection(KafkaUser.QUERY))) {
      var offsets =
          new OffsetReader(
              cluster, namespace.qualify("click-events"), StreamsSettings.applicationId(namespace));
      assertThat(offsets.committed()).isNotEmpty();
    }
  }

  private void readmit() {
    Map<String, String> connection = kafka.connection(KafkaUser.ADMIN);
    try (LaneReadmission readmission = LaneReadmission.open(connection, namespace)) {
      var bots = new LaneReadmission.Selection(Outcome.BOT, Optional.empty());
      assertThat(readmission.run(bots, true).readmitted()).isPositive();
    }
  }

  private void deleteMergedPartials() {
    try (Cluster cluster = Cluster.connect(kafka.connection(KafkaUser.PROCESSOR))) {
      new ProcessedRecords(
              cluster,
              namespace.qualify("rollup-partials"),
              StreamsSettings.applicationId(namespace))
          .delete();
    }
  }
}
