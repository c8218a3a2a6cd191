package io.millrace.streams.session;

import static io.millrace.streams.Clicks.NOW;
import static io.millrace.streams.Clicks.click;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.ClickEvent;
import io.millrace.model.ClickKey;
import io.millrace.model.Namespace;
import io.millrace.model.Session;
import io.millrace.model.SiteId;
import io.millrace.model.VisitorId;
import io.millrace.model.cell.Cell;
import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Grain;
import io.millrace.model.codec.ClickEventCodec;
import io.millrace.model.codec.SessionCodec;
import io.millrace.streams.ClickTopology;
import io.millrace.streams.Clicks;
import io.millrace.streams.judge.ClickProcessor;
import io.millrace.streams.judge.ClickStage;
import io.millrace.streams.judge.JudgeConfig;
import io.millrace.streams.rollup.CommitPace;
import io.millrace.streams.rollup.MergeProcessor;
import io.millrace.streams.visitor.VisitorStates;
import io.millrace.views.BuiltInViews;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionTopologyTest {
  private static final long MINUTE = 60_000;

  @TempDir private Path folder;
  private TopologyTestDriver driver;
  private TestInputTopic<byte[], byte[]> clicks;
  private TestOutputTopic<String, byte[]> sessions;

  @BeforeEach
  void start() {
    var stage =
        new ClickStage(
            JudgeConfig.DEFAULT,
            SessionConfig.DEFAULT,
            Clicks.enricher(),
            BuiltInViews.all(),
            1,
            outcome -> {});
    driver =
        new TopologyTestDriver(
            ClickTopology.of(Namespace.DEFAULT, stage, CommitPace.DEFAULT),
            settings(),
            Instant.ofEpochMilli(NOW));
    clicks =
        driver.createInputTopic(
            "click-events", new ByteArraySerializer(), new ByteArraySerializer());
    sessions =
        driver.createOutputTopic("sessions", new StringDeserializer(), new ByteArrayDeserializer());
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  private Properties settings() {
    var properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "sessions");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
    return properties;
  }

  @Test
  void aSessionOfAPartitionThatHasBecomeQuietIsPublishedOnce() {
    // Given
    send(click("1", "v1", "/a"), NOW);
    send(click("2", "v1", "/b"), NOW);
    send(click("2", "v1", "/b"), NOW);

    // When
    driver.advanceWallClockTime(Duration.ofMinutes(34));
    assertThat(sessions.isEmpty()).isTrue();
    driver.advanceWallClockTime(Duration.ofMinutes(2));
    driver.advanceWallClockTime(Duration.ofHours(2));

    // Then
    var record = sessions.readRecord();
    assertThat(sessions.isEmpty()).isTrue();
    assertThat(record.key()).isEqualTo("demo/v1");
    Session session = SessionCodec.decode(record.value()).orThrow();
    assertThat(session.pageViews()).isEqualTo(2);
    assertThat(session.entryPage()).isEqualTo("/a");
    assertThat(session.revision()).isEqualTo(1);
  }

  @Test
  void sessionsAreClosedByTheEventsOfOthersAlone() {
    // Given
    send(click("1", "v1", "/a"), NOW);

    // When: enough events for a look at what is due, without any clock going on.
    for (int i = 0; i < 300; i++) {
      send(click("o" + i, "v2", "/b"), NOW + 36 * MINUTE);
    }

    // Then
    assertThat(sessions.readKeyValuesToList())
        .extracting(session -> session.key)
        .containsExactly("demo/v1");
  }

  @Test
  void theViewsAreRightWhileTheSessionIsOpen() {
    // When
    send(click("1", "v1", "/a"), NOW);
    Cell bounced = sessionsOfDay();
    assertThat(bounced.value(0)).isEqualTo(1);
    assertThat(bounced.value(1)).isEqualTo(1);
    send(click("2", "v1", "/b", NOW - MINUTE, "Firefox", false), NOW);

    // Then
    Cell grown = sessionsOfDay();
    assertThat(grown.value(0)).isEqualTo(1);
    assertThat(grown.value(1)).isZero();
    assertThat(grown.value(2)).isEqualTo(2);
    assertThat(grown.value(3)).isEqualTo(MINUTE);
    assertThat(cell("entry_pages", "/a")).as("nobody entered there after all").isNull();
    assertThat(cell("entry_pages", "/b")).isNotNull();
    assertThat(cell("exit_pages", "/a")).isNotNull();
  }

  @Test
  void aVisitorWhoStaysAwayLeavesNothingBehind() {
    // Given
    send(click("1", "v1", "/a"), NOW);
    driver.advanceWallClockTime(Duration.ofHours(1));
    assertThat(hasTimers()).isTrue();
    assertThat(storedSessions("v1")).isNotNull();

    // When
    driver.advanceWallClockTime(JudgeConfig.DEFAULT.allowedLateness());

    // Then
    assertThat(hasTimers()).isFalse();
    assertThat(storedSessions("v1")).isNull();
  }

  private @Nullable VisitorSessions storedSessions(String visitor) {
    var states = new VisitorStates(driver.getKeyValueStore(ClickProcessor.VISITORS));
    states.addPart(new VisitorSessionsCodec());
    return states
        .addPart(new VisitorSessionsCodec())
        .read(new ClickKey(new SiteId("demo"), new VisitorId(visitor)));
  }

  private boolean hasTimers() {
    KeyValueStore<byte[], byte[]> entries = driver.getKeyValueStore("session-timers");
    try (KeyValueIterator<byte[], byte[]> all = entries.all()) {
      // Shorter keys have the number of sessions that were sent, and that of the commit.
      while (all.hasNext()) {
        if (all.next().key.length > 1) {
          return true;
        }
      }
      return false;
    }
  }

  private void send(ClickEvent event, long recordTime) {
    clicks.pipeInput(
        new ClickKey(event.site(), event.visitor()).toBytes(),
        ClickEventCodec.encode(event),
        recordTime);
  }

  private Cell sessionsOfDay() {
    Cell cell = cell("session_totals");
    assertThat(cell).isNotNull();
    return cell;
  }

  private @Nullable Cell cell(String view, String... group) {
    KeyValueStore<byte[], byte[]> cells = driver.getKeyValueStore(MergeProcessor.CELLS);
    var key = new CellKey(view, Grain.DAY, "demo", Grain.DAY.windowStart(NOW), List.of(group));
    byte @Nullable [] stored = cells.get(key.toBytes());
    return stored == null ? null : Cell.parse(stored);
  }
}
