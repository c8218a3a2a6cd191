package io.millrace.streams;

import static io.millrace.streams.Clicks.NOW;
import static io.millrace.streams.Clicks.click;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.ClickEvent;
import io.millrace.model.ClickKey;
import io.millrace.model.Namespace;
import io.millrace.model.Outcome;
import io.millrace.model.Readmission;
import io.millrace.model.RejectedClick;
import io.millrace.model.SiteId;
import io.millrace.model.VisitorId;
import io.millrace.model.cell.Cell;
import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Grain;
import io.millrace.model.codec.ByteWriter;
import io.millrace.model.codec.ClickEventCodec;
import io.millrace.model.codec.RejectedClickCodec;
import io.millrace.streams.judge.ClickProcessor;
import io.millrace.streams.judge.ClickStage;
import io.millrace.streams.judge.JudgeConfig;
import io.millrace.streams.judge.StartPositions;
import io.millrace.streams.rollup.CellTasks;
import io.millrace.streams.rollup.CommitPace;
import io.millrace.streams.rollup.MergeProcessor;
import io.millrace.streams.session.SessionConfig;
import io.millrace.views.BuiltInViews;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClickTopologyTest {
  @TempDir private Path folder;
  private final List<Outcome> outcomes = new ArrayList<>();
  private TopologyTestDriver driver;
  private TestInputTopic<byte[], byte[]> clicks;
  private final CellTasks cellTasks = new CellTasks();

  @BeforeEach
  void start() {
    var stage =
        new ClickStage(
            JudgeConfig.DEFAULT,
            SessionConfig.DEFAULT,
            Clicks.enricher(),
            BuiltInViews.all(),
            1,
            outcomes::add);
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
                Namespace.DEFAULT, stage, StartPositions.UNKNOWN, CommitPace.DEFAULT, cellTasks),
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

  @Test
  void saysWhichCellsAreWorkedOnUntilTheTaskEnds() {
    assertThat(cellTasks.turn(0)).isPresent();
    assertThat(cellTasks.turn(1)).isEmpty();

    stop();

    assertThat(cellTasks.turn(0)).isEmpty();
    start();
  }

  @Test
  void everyEventOfTheLogHasOneOutcomeAndTheBooksBalance() {
    // When
    send(click("1", "v1", "/a"));
    send(click("2", "v1", "/a"));
    send(click("2", "v1", "/a"));
    send(click("3", "v2", "/b", NOW, "Googlebot", false));
    send(click("4", "v2", "/b", NOW - Duration.ofDays(4).toMillis(), "Firefox", false));
    clicks.pipeInput("who".getBytes(StandardCharsets.UTF_8), new byte[] {1, 2, 3}, NOW);
    clicks.pipeInput(new byte[] {9}, null, NOW);

    // Then
    assertThat(outcomes)
        .containsExactly(
            Outcome.COUNTED,
            Outcome.COUNTED,
            Outcome.DUPLICATE,
            Outcome.BOT,
            Outcome.LATE,
            Outcome.INVALID,
            Outcome.INVALID);
    Cell books = cell(new CellKey("books", Grain.ALL, "", 0, List.of("0", "0")));
    assertThat(books.value(0)).isEqualTo(7L);
    assertThat(IntStream.range(3, books.accumulators().size()).mapToLong(books::value).sum())
        .isEqualTo(7L);
  }

  @Test
  void poisonIsKeptWholeInTheLaneAndTheRestGoesOn() {
    // When
    clicks.pipeInput("who".getBytes(StandardCharsets.UTF_8), new byte[] {1, 2, 3}, NOW);
    send(click("1", "v1", "/a"));

    // Then
    var lane =
        driver
            .createOutputTopic(
                "rejected-clicks", new StringDeserializer(), new ByteArrayDeserializer())
            .readRecord();
    assertThat(lane.key()).isEqualTo("who");
    RejectedClick rejected = RejectedClickCodec.decode(lane.value()).orThrow();
    assertThat(rejected.payload()).containsExactly(1, 2, 3);
    assertThat(rejected.outcome()).isEqualTo(Outcome.INVALID);
    assertThat(rejected.offset()).isZero();
    assertThat(outcomes).containsExactly(Outcome.INVALID, Outcome.COUNTED);
  }

  @Test
  void anEventLargerThanTheCollectorTakesIsInvalid() {
    // When
    send(click("1", "v1", "/" + "a".repeat(100_000)));

    // Then
    assertThat(outcomes).containsExactly(Outcome.INVALID);
    var lane =
        driver
            .createOutputTopic(
                "rejected-clicks", new StringDeserializer(), new ByteArrayDeserializer())
            .readValue();
    assertThat(RejectedClickCodec.decode(lane).orThrow().payload()).hasSizeGreaterThan(100_000);
  }

  @Test
  void partialsThatCannotBeReadArePassedOverWhole() {
    // Given
    var batches =
        driver.createInputTopic(
            "rollup-partials", new ByteArraySerializer(), new ByteArraySerializer());
    var key = new CellKey("pages", Grain.DAY, "demo", 0, List.of("/a"));
    var out = new ByteWriter();
    out.writeByte(2);
    out.writeBytes(key.toBytes());
    BuiltInViews.all().get(1).emptyCell().writeTo(out);
    out.writeByte(99);

    // When
    batches.pipeInput(new byte[4], out.toBytes(), NOW);
    batches.pipeInput(new byte[4], null, NOW);
    batches.pipeInput(new byte[4], new byte[0], NOW);
    send(click("1", "v1", "/a"));

    // Then
    KeyValueStore<byte[], byte[]> cells = driver.getKeyValueStore(MergeProcessor.CELLS);
    assertThat(cells.get(key.toBytes())).isNull();
    assertThat(outcomes).containsExactly(Outcome.COUNTED);
  }

  @Test
  void theTopicOfUrlCountsHasTheUrlAsKeyAndTheLatestCountAsValue() {
    // When
    send(click("1", "v1", "/a"));
    send(click("2", "v2", "/a"));
    send(click("3", "v2", "/b"));

    // Then
    Map<String, String> latest =
        driver
            .createOutputTopic(
                "url-click-counts", new StringDeserializer(), new StringDeserializer())
            .readKeyValuesToMap();
    assertThat(latest)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "http://demo/a", "{\"url\":\"http://demo/a\",\"clicks\":2}",
                "http://demo/b", "{\"url\":\"http://demo/b\",\"clicks\":1}"));
  }

  @Test
  void duplicatesAreFoundAmongThousandsOfOneVisitorsEvents() {
    // Given
    var random = new Random(7);
    Set<String> oracle = new HashSet<>();

    // When
    for (int i = 0; i < 3_000; i++) {
      String id = "event-" + random.nextInt(1_500);
      boolean isNew = oracle.add(id);
      send(click(id, "busy", "/a"));

      // Then
      assertThat(outcomes.get(i)).isEqualTo(isNew ? Outcome.COUNTED : Outcome.DUPLICATE);
    }
    assertThat(visitorRecord("busy")).hasSizeLessThan(1_000);
  }

  @Test
  void aLateEventIsCountedOnceItIsReadmittedAndNotTwice() {
    // Given
    ClickEvent late = click("1", "v1", "/a", NOW - Duration.ofDays(4).toMillis(), "Firefox", false);
    send(late);
    var readmitted = new TestRecord<>(new byte[] {1}, ClickEventCodec.encode(late));
    readmitted.headers().add(Readmission.HEADER, new byte[0]);

    // When
    clicks.pipeInput(readmitted);
    clicks.pipeInput(readmitted);

    // Then
    assertThat(outcomes).containsExactly(Outcome.LATE, Outcome.COUNTED, Outcome.DUPLICATE);
  }

  @Test
  void idleVisitorsAreForgottenWithTime() {
    // Given
    send(click("1", "v1", "/a"));
    assertThat(visitorRecord("v1")).isNotNull();

    // When
    long later = NOW + Duration.ofDays(5).toMillis();
    clicks.pipeInput(new byte[] {1}, ClickEventCodec.encode(click("2", "v2", "/a")), later);
    driver.advanceWallClockTime(Duration.ofSeconds(30));

    // Then
    assertThat(visitorRecord("v1")).isNull();
    assertThat(visitorRecord("v2")).isNotNull();
  }

  @Test
  void cellsAreThoseOfAPlainCount() {
    // Given
    var random = new Random(11);
    var oracle = new HashMap<String, Long>();

    // When
    for (int i = 0; i < 500; i++) {
      String path = "/page-" + random.nextInt(20);
      send(click("e" + i, "v" + random.nextInt(50), path));
      oracle.merge(path, 1L, Long::sum);
    }

    // Then
    oracle.forEach(
        (path, count) ->
            assertThat(
                    cell(new CellKey(
                            "pages", Grain.DAY, "demo", Grain.DAY.windowStart(NOW), List.of(path)))
                        .value(0))
                .isEqualTo(count));
  }

  private void send(ClickEvent event) {
    clicks.pipeInput(
        new ClickKey(event.site(), event.visitor()).toBytes(),
        ClickEventCodec.encode(event),
        event.receivedTime());
  }

  private Cell cell(CellKey key) {
    KeyValueStore<byte[], byte[]> cells = driver.getKeyValueStore(MergeProcessor.CELLS);
    return Cell.parse(cells.get(key.toBytes()));
  }

  private byte[] visitorRecord(String visitor) {
    KeyValueStore<byte[], byte[]> visitors = driver.getKeyValueStore(ClickProcessor.VISITORS);
    return visitors.get(new ClickKey(new SiteId("demo"), new VisitorId(visitor)).toBytes());
  }
}
