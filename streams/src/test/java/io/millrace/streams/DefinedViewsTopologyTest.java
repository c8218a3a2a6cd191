package io.millrace.streams;

import static io.millrace.streams.Clicks.NOW;
import static io.millrace.streams.Clicks.click;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.ClickEvent;
import io.millrace.model.ClickKey;
import io.millrace.model.EnrichedClick;
import io.millrace.model.Namespace;
import io.millrace.model.cell.Cell;
import io.millrace.model.cell.CellKey;
import io.millrace.model.codec.ClickEventCodec;
import io.millrace.model.control.ControlCommand;
import io.millrace.model.control.ViewDefinitions;
import io.millrace.model.control.ViewGeneration;
import io.millrace.model.control.ViewStart;
import io.millrace.streams.judge.ClickProcessor;
import io.millrace.streams.judge.ClickStage;
import io.millrace.streams.judge.JudgeConfig;
import io.millrace.streams.judge.LaneClick;
import io.millrace.streams.rollup.CellTasks;
import io.millrace.streams.rollup.CommitPace;
import io.millrace.streams.rollup.MergeProcessor;
import io.millrace.streams.rollup.PartialBatches;
import io.millrace.streams.session.SessionConfig;
import io.millrace.views.BuiltInViews;
import io.millrace.views.DefinedViews;
import io.millrace.views.JudgedClick;
import io.millrace.views.KeptView;
import io.millrace.views.PartialTable;
import io.millrace.views.Rollup;
import io.millrace.views.ViewPlan;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Views that are defined while it runs, in the graph of both stages. */
class DefinedViewsTopologyTest {
  private static final ViewGeneration FIRST = new ViewGeneration("my_pages", 1);
  private static final ViewGeneration SECOND = new ViewGeneration("my_pages", 2);

  @TempDir private Path folder;
  private final ViewDefinitions definitions = new ViewDefinitions();
  private OptionalLong committed = OptionalLong.empty();
  private TopologyTestDriver driver;
  private TestInputTopic<byte[], byte[]> clicks;

  @BeforeEach
  void start() {
    var stage =
        new ClickStage(
                JudgeConfig.DEFAULT,
                SessionConfig.DEFAULT,
                Clicks.enricher(),
                BuiltInViews.all(),
                1,
                outcome -> {})
            .with(new DefinedViews(definitions, DefinedViewsTopologyTest::copyOf));
    var settings =
        new StreamsSettings(
            Namespace.DEFAULT,
            Map.of("bootstrap.servers", "unused:9092"),
            folder,
            1,
            CommitPace.DEFAULT,
            1);
    driver =
        new TopologyTestDriver(
            ClickTopology.of(
                Namespace.DEFAULT,
                stage,
                partition -> committed,
                CommitPace.DEFAULT,
                new CellTasks()),
            settings.toProperties(),
            Instant.ofEpochMilli(NOW));
    clicks =
        driver.createInputTopic(
            "click-events", new ByteArraySerializer(), new ByteArraySerializer());
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  /** Of a built-in view, whose name is the text of the definition. */
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

  @Test
  void aViewHasTheEventsFromItsDefinitionOnInAllItsWindows() {
    // Given
    send(click("1", "v1", "/a"));
    send(click("2", "v1", "/a"));

    // When
    define(FIRST, "pages");
    send(click("3", "v2", "/a"));
    send(click("4", "v3", "/b"));

    // Then
    Map<CellKey, List<Long>> cells = numbers("my_pages@1");
    assertThat(cells).hasSize(6);
    assertThat(cells.keySet().stream().map(CellKey::grain).distinct()).hasSize(3);
    assertThat(cells.values()).allMatch(numbers -> numbers.equals(List.of(1L, 1L)));
    assertThat(numbers("pages").values()).contains(List.of(3L, 3L));
    assertThat(numbers(FIRST.starts()).values()).containsExactly(List.of(2L));
  }

  @Test
  void aPartitionWithoutEventsBeginsWhereItIsCommitted() {
    // When
    define(FIRST, "pages");
    driver.advanceWallClockTime(Duration.ofSeconds(11));

    // Then
    assertThat(numbers(FIRST.starts())).isEmpty();

    // When
    committed = OptionalLong.of(17);
    driver.advanceWallClockTime(Duration.ofSeconds(11));

    // Then
    assertThat(numbers(FIRST.starts()).values()).containsExactly(List.of(17L));
  }

  @Test
  void theCellsOfADroppedViewAreFreedAndDoNotComeBack() {
    // Given
    define(FIRST, "pages");
    send(click("1", "v1", "/a"));
    byte[] partials = batchOf(FIRST, click("2", "v1", "/a"));
    sendPartials(partials);
    assertThat(numbers("my_pages@1").values()).contains(List.of(2L, 2L));

    // When
    definitions.apply(new ControlCommand.DropView("my_pages"));
    send(click("3", "v1", "/a"));
    driver.advanceWallClockTime(Duration.ofSeconds(5));
    sendPartials(partials);
    driver.advanceWallClockTime(Duration.ofSeconds(5));

    // Then
    assertThat(numbers("my_pages@1")).isEmpty();
    assertThat(numbers(FIRST.starts())).isEmpty();
    assertThat(numbers("pages").values()).contains(List.of(2L, 2L));
  }

  @Test
  void aNameThatIsDefinedAnewDoesNotMixWithTheFormer() {
    // Given
    define(FIRST, "pages");
    send(click("1", "v1", "/a"));

    // When
    define(SECOND, "outcomes");
    send(click("2", "v1", "/a"));
    driver.advanceWallClockTime(Duration.ofSeconds(5));

    // Then
    assertThat(numbers("my_pages@1")).isEmpty();
    assertThat(numbers("my_pages@2").values()).containsOnly(List.of(1L));
    assertThat(numbers(SECOND.starts()).values()).containsExactly(List.of(1L));
  }

  @Test
  void partialsOfAViewThatIsDefinedLaterHereAreMerged() {
    // When
    sendPartials(batchOf(FIRST, click("1", "v1", "/a")));

    // Then
    assertThat(numbers("my_pages@1").values())
        .hasSize(3)
        .allMatch(numbers -> numbers.equals(List.of(1L, 1L)));
  }

  @Test
  void theLanesHaveEverythingThatViewsWereMadeOf() {
    // Given
    for (String text : List.of("pages", "outcomes", "browsers")) {
      define(new ViewGeneration("my_" + text, 1), text);
    }
    sendEveryOutcome();

    // When
    var past = new HashMap<String, PartialTable>();
    for (String text : List.of("pages", "outcomes", "browsers")) {
      var table = new PartialTable();
      table.add(KeptView.of(new ViewGeneration("my_" + text, 2), copyOf("my_" + text, text)));
      past.put(text, table);
    }
    lane("enriched-clicks").map(LaneClick::counted).forEach(click -> add(past, click));
    lane("rejected-clicks").map(LaneClick::rejected).forEach(click -> add(past, click));
    past.values()
        .forEach(
            table -> new PartialBatches(1).pack(table, (partition, batch) -> sendPartials(batch)));

    // Then
    for (String text : List.of("pages", "outcomes", "browsers")) {
      Map<CellKey, Cell> live = cells("my_" + text + "@1");
      Map<CellKey, Cell> again = cells("my_" + text + "@2");
      assertThat(live).isNotEmpty().hasSameSizeAs(again);
      live.forEach(
          (key, cell) ->
              assertThat(
                      again
                          .get(
                              new CellKey(
                                  "my_" + text + "@2",
                                  key.grain(),
                                  key.site(),
                                  key.windowStart(),
                                  key.dimensions()))
                          .toBytes())
                  .as(key.toString())
                  .isEqualTo(cell.toBytes()));
    }
    assertThat(cells("my_outcomes@1").keySet().stream().map(CellKey::dimensions).distinct())
        .containsExactlyInAnyOrder(
            List.of("counted", ""),
            List.of("duplicate", "same id as an earlier event"),
            List.of("bot", "agent list"),
            List.of("late", "happened too long ago"),
            List.of("invalid", "happened after it was received"),
            List.of("invalid", "not an event"));
  }

  @Test
  void whatHasBegunIsStoredInTheTransactionOfTheTask() {
    // When
    send(click("1", "v1", "/a"));
    define(FIRST, "pages");
    send(click("2", "v1", "/a"));

    // Then
    var starts = driver.<byte[], byte[]>getKeyValueStore(ClickProcessor.VIEW_STARTS);
    assertThat(starts.get(FIRST.cells().getBytes(StandardCharsets.UTF_8)))
        .containsExactly(0, 0, 0, 0, 0, 0, 0, 1);
  }

  private void sendEveryOutcome() {
    send(click("1", "v1", "/a"));
    send(click("1", "v1", "/a"));
    send(click("2", "v2", "/b", NOW, "Googlebot", false));
    send(click("3", "v2", "/b", NOW - Duration.ofDays(4).toMillis(), "Firefox", false));
    send(click("4", "v2", "/b", NOW + Duration.ofHours(4).toMillis(), "Firefox", false));
    send(click("5", "v2", "/" + "a".repeat(100_000)));
    send(click("6", "v3", "/c", NOW - Duration.ofHours(2).toMillis(), "Chrome", false));
    clicks.pipeInput("who".getBytes(StandardCharsets.UTF_8), new byte[] {1, 2, 3}, NOW);
    clicks.pipeInput(new byte[] {9}, null, NOW);
  }

  private static void add(Map<String, PartialTable> tables, Optional<LaneClick> click) {
    tables.values().forEach(table -> new Rollup(table).add(click.orElseThrow().click()));
  }

  /** As a consumer would get it. */
  private Stream<ConsumerRecord<byte[], byte[]>> lane(String topic) {
    return driver
        .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList()
        .stream()
        .map(record -> consumed(topic, record));
  }

  private static ConsumerRecord<byte[], byte[]> consumed(
      String topic, TestRecord<byte[], byte[]> record) {
    return new ConsumerRecord<>(
        topic,
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

  private static byte[] batchOf(ViewGeneration view, ClickEvent event) {
    var table = new PartialTable();
    table.add(KeptView.of(view, copyOf(view.view(), "pages")));
    var click =
        JudgedClick.counted(new EnrichedClick(event, Clicks.enricher().enrich(event)), 0, 0, NOW);
    new Rollup(table).add(click);
    var batches = new ArrayList<byte[]>();
    new PartialBatches(1).pack(table, (partition, batch) -> batches.add(batch));
    return batches.getFirst();
  }

  private void sendPartials(byte[] batch) {
    driver
        .createInputTopic("rollup-partials", new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(PartialBatches.key(0), batch, NOW);
  }

  private void define(ViewGeneration view, String text) {
    definitions.apply(new ControlCommand.DefineView(view, text, ViewStart.EARLIEST));
  }

  private void send(ClickEvent event) {
    clicks.pipeInput(
        new ClickKey(event.site(), event.visitor()).toBytes(),
        ClickEventCodec.encode(event),
        event.receivedTime());
  }

  /** The first two numbers, or the only one, of each cell that is kept under a name. */
  private Map<CellKey, List<Long>> numbers(String name) {
    var numbers = new HashMap<CellKey, List<Long>>();
    cells(name)
        .forEach(
            (key, cell) ->
                numbers.put(
                    key,
                    cell.accumulators().size() == 1
                        ? List.of(cell.value(0))
                        : List.of(cell.value(0), cell.value(1))));
    return numbers;
  }

  private Map<CellKey, Cell> cells(String name) {
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
