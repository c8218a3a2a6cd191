package io.millrace.streams.backfill;

import static io.millrace.streams.Clicks.NOW;
import static io.millrace.streams.Clicks.click;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.ClickEvent;
import io.millrace.model.ClickKey;
import io.millrace.model.Namespace;
import io.millrace.model.SessionId;
import io.millrace.model.cell.Cell;
import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Grain;
import io.millrace.model.codec.ClickEventCodec;
import io.millrace.model.control.ControlCommand;
import io.millrace.model.control.ViewDefinitions;
import io.millrace.model.control.ViewGeneration;
import io.millrace.model.control.ViewStart;
import io.millrace.streams.ClickTopology;
import io.millrace.streams.Clicks;
import io.millrace.streams.judge.ClickStage;
import io.millrace.streams.judge.JudgeConfig;
import io.millrace.streams.rollup.CommitPace;
import io.millrace.streams.rollup.MergeProcessor;
import io.millrace.streams.rollup.PartialBatches;
import io.millrace.streams.session.SessionConfig;
import io.millrace.views.BuiltInViews;
import io.millrace.views.DefinedViews;
import io.millrace.views.KeptView;
import io.millrace.views.PartialTable;
import io.millrace.views.Rollup;
import io.millrace.views.SessionChange;
import io.millrace.views.ViewPlan;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Views of sessions that are defined between any two events of visitors whose sessions are closed,
 * joined by late events, merged, pushed out and forgotten: what the topic of sessions says of the
 * time before, and what comes from then on, add up to the views that were there from the beginning.
 */
class DefinedSessionsTopologyTest {
  private static final ViewGeneration TOTALS = new ViewGeneration("my_totals", 1);
  private static final ViewGeneration PAGES = new ViewGeneration("my_pages", 2);
  private static final ViewGeneration CUT = new ViewGeneration("cut_totals", 3);
  private static final ViewGeneration RECENT = new ViewGeneration("recent_totals", 4);
  private static final int STEPS = 250;
  private static final int VISITORS = 5;
  private static final int HOURS = 9;
  private static final Duration UNTIL_CLOSED = Duration.ofMinutes(36);

  /** So few that one is pushed out now and then. */
  private static final SessionConfig CONFIG =
      new SessionConfig(Duration.ofMinutes(30), Duration.ofMinutes(5), 4);

  @TempDir private Path folder;
  private final ViewDefinitions definitions = new ViewDefinitions();
  private TopologyTestDriver driver;
  private TestInputTopic<byte[], byte[]> clicks;
  private TestInputTopic<byte[], byte[]> partials;
  private TestOutputTopic<byte[], byte[]> sessions;
  private long now = NOW;
  private int sent;

  @BeforeEach
  void start() {
    var stage =
        new ClickStage(
                JudgeConfig.DEFAULT,
                CONFIG,
                Clicks.enricher(),
                BuiltInViews.all(),
                1,
                outcome -> {})
            .with(new DefinedViews(definitions, DefinedSessionsTopologyTest::copyOf));
    var settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "sessions");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
    driver =
        new TopologyTestDriver(
            ClickTopology.of(Namespace.DEFAULT, stage, CommitPace.DEFAULT),
            settings,
            Instant.ofEpochMilli(NOW));
    clicks =
        driver.createInputTopic(
            "click-events", new ByteArraySerializer(), new ByteArraySerializer());
    partials =
        driver.createInputTopic(
            "rollup-partials", new ByteArraySerializer(), new ByteArraySerializer());
    sessions =
        driver.createOutputTopic(
            "sessions", new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  private static ViewPlan copyOf(String name, String text) {
    ViewPlan plan =
        BuiltInViews.all().stream()
            .filter(view -> view.name().equals(text))
            .findFirst()
            .orElseThrow();
    return new ViewPlan(
        name,
        plan.source(),
        plan.filter(),
        plan.dimensions(),
        plan.grains(),
        plan.aggregates(),
        Optional.empty(),
        plan.retention());
  }

  @RepeatedTest(20)
  void pastAndFutureAddUpToWhatWasThereFromTheBeginning() {
    // Given
    long seed = Long.getLong("millrace.seed", System.nanoTime());
    var random = new Random(seed);
    int definedAt = random.nextInt(STEPS);

    // When
    for (int step = 0; step < STEPS; step++) {
      if (step == definedAt) {
        define(TOTALS, "session_totals", ViewStart.EARLIEST);
        define(PAGES, "entry_pages", ViewStart.EARLIEST);
        define(CUT, "session_totals", ViewStart.EARLIEST);
      }
      step(random);
    }
    pass(UNTIL_CLOSED);
    List<RecordedSession> topic = topic();
    long start = start(TOTALS);
    sendPast(TOTALS, "session_totals", start, topic);
    sendPast(PAGES, "entry_pages", start, topic);

    // Then
    String of = "seed " + seed;
    assertThat(topic.stream().anyMatch(record -> record.replaced().isPresent())).as(of).isTrue();
    assertThat(cells(TOTALS)).as(of).isEqualTo(cells("session_totals")).isNotEmpty();
    assertThat(cells(PAGES)).as(of).isEqualTo(cells("entry_pages"));

    // When: retention has deleted the oldest records, and it is read in two goes.
    int deleted = random.nextInt(topic.size());
    sendPast(CUT, "session_totals", start, topic.subList(deleted, topic.size()));
    takeBackWhatIsNotInTheTopic(start, topic, deleted);

    // Then
    assertThat(cells(CUT)).as(of).isEqualTo(cells(TOTALS));
  }

  @Test
  void aViewWithoutPastHasWhatALateEventCanStillJoin() {
    // Given: one that is forgotten, one that is closed, and one that is open.
    visit("v1", 5);
    pass(JudgeConfig.DEFAULT.allowedLateness().plus(UNTIL_CLOSED).plus(UNTIL_CLOSED));
    visit("v2", 4);
    pass(UNTIL_CLOSED);
    visit("v3", 3);

    // When
    define(RECENT, "session_totals", ViewStart.NOW);
    visit("v2", 4);
    visit("v4", 2);

    // Then: of the day, all but the one of five hours ago.
    assertThat(sessionsIn("session_totals")).isEqualTo(4);
    assertThat(sessionsIn(RECENT.cells())).isEqualTo(3);
    assertThat(pageViewsIn("session_totals")).isEqualTo(5);
    assertThat(pageViewsIn(RECENT.cells())).isEqualTo(4);
  }

  private void step(Random random) {
    int choice = random.nextInt(100);
    if (choice < 75) {
      long time = NOW - (long) (random.nextDouble() * Duration.ofHours(HOURS).toMillis());
      send(
          click(
              "e" + sent,
              "v" + random.nextInt(VISITORS),
              "/" + random.nextInt(3),
              time,
              "Firefox",
              false));
    } else if (choice < 98) {
      pass(UNTIL_CLOSED);
    } else {
      pass(JudgeConfig.DEFAULT.allowedLateness().plus(UNTIL_CLOSED));
    }
  }

  private void visit(String visitor, int hoursAgo) {
    long time = NOW - Duration.ofHours(hoursAgo).toMillis();
    send(click("e" + sent, visitor, "/", time, "Firefox", false));
  }

  private void send(ClickEvent event) {
    sent++;
    clicks.pipeInput(
        new ClickKey(event.site(), event.visitor()).toBytes(), ClickEventCodec.encode(event), now);
  }

  /** A bot's event tells the partition what time it is; then what is due is closed. */
  private void pass(Duration time) {
    now += time.toMillis();
    send(click("e" + sent, "robot", "/", NOW, "Googlebot", false));
    driver.advanceWallClockTime(Duration.ofSeconds(31));
  }

  private void define(ViewGeneration view, String text, ViewStart start) {
    definitions.apply(new ControlCommand.DefineView(view, text, start));
  }

  private List<RecordedSession> topic() {
    return sessions.readRecordsToList().stream()
        .map(record -> RecordedSession.of(consumed(record)).orElseThrow())
        .toList();
  }

  private static ConsumerRecord<byte[], byte[]> consumed(TestRecord<byte[], byte[]> record) {
    return new ConsumerRecord<>(
        "sessions",
        0,
        0,
        record.timestamp(),
        TimestampType.CREATE_TIME,
        0,
        0,
        record.key(),
        record.value(),
        record.headers(),
        Optional.empty());
  }

  /** As a backfill does that is stopped in the middle, and begun again. */
  private void sendPast(
      ViewGeneration view, String text, long start, List<RecordedSession> records) {
    KeptView kept = KeptView.of(view, copyOf(view.view(), text));
    int half = records.size() / 2;
    var first = new PastPartials(kept, Map.of(0, start), 1);
    records.subList(0, half).forEach(first::add);
    first.drain((partition, batch) -> sendPartials(batch));
    var second = new PastPartials(kept, Map.of(0, start), 1);
    second.resume(0, first.memory(0));
    records.subList(half, records.size()).forEach(second::add);
    second.drain((partition, batch) -> sendPartials(batch));
  }

  /** Sessions whose last record of the past is deleted have no past. */
  private void takeBackWhatIsNotInTheTopic(long start, List<RecordedSession> topic, int deleted) {
    Map<SessionId, Integer> last = new LinkedHashMap<>();
    for (int i = 0; i < topic.size() && topic.get(i).number().orElseThrow().number() < start; i++) {
      last.put(topic.get(i).session().id(), i);
    }
    var table = new PartialTable();
    table.add(KeptView.of(TOTALS, copyOf(TOTALS.view(), "session_totals")));
    var rollup = new Rollup(table);
    last.values().stream()
        .filter(record -> record < deleted)
        .map(record -> topic.get(record).session())
        .filter(session -> session.mergedInto().isEmpty())
        .map(SessionChange::gone)
        .forEach(rollup::add);
    new PartialBatches(1).pack(table, (partition, batch) -> sendPartials(batch));
  }

  private void sendPartials(byte[] batch) {
    partials.pipeInput(PartialBatches.key(0), batch, NOW);
  }

  private long start(ViewGeneration view) {
    return stored(view.starts()).values().iterator().next().value(0);
  }

  private Map<String, String> cells(ViewGeneration view) {
    return cells(view.cells());
  }

  /** By grain, window and group, what is in the cell. */
  private Map<String, String> cells(String name) {
    var cells = new TreeMap<String, String>();
    stored(name)
        .forEach(
            (key, cell) ->
                cells.put(
                    key.grain() + " " + Instant.ofEpochMilli(key.windowStart()) + key.dimensions(),
                    cell.value(0)
                        + " "
                        + cell.value(1)
                        + " "
                        + cell.value(2)
                        + " "
                        + cell.value(3)));
    return cells;
  }

  private long sessionsIn(String name) {
    return inDays(name, 0);
  }

  private long pageViewsIn(String name) {
    return inDays(name, 2);
  }

  private long inDays(String name, int aggregate) {
    return stored(name).entrySet().stream()
        .filter(cell -> cell.getKey().grain() == Grain.DAY)
        .mapToLong(cell -> cell.getValue().value(aggregate))
        .sum();
  }

  private Map<CellKey, Cell> stored(String name) {
    var cells = new HashMap<CellKey, Cell>();
    var store = driver.<byte[], byte[]>getKeyValueStore(MergeProcessor.CELLS);
    byte[] from = (name + '\0').getBytes(StandardCharsets.UTF_8);
    byte[] to = (name + '\1').getBytes(StandardCharsets.UTF_8);
    try (var entries = store.range(from, to)) {
      entries.forEachRemaining(
          entry -> cells.put(CellKey.parse(entry.key), Cell.parse(entry.value)));
    }
    return cells;
  }
}
