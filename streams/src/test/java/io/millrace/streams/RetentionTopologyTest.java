package io.millrace.streams;

import static io.millrace.streams.Clicks.NOW;
import static io.millrace.streams.Clicks.click;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.ClickEvent;
import io.millrace.model.ClickKey;
import io.millrace.model.Namespace;
import io.millrace.model.cell.Cell;
import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Grain;
import io.millrace.model.codec.ClickEventCodec;
import io.millrace.streams.judge.ClickStage;
import io.millrace.streams.judge.JudgeConfig;
import io.millrace.streams.rollup.CommitPace;
import io.millrace.streams.rollup.MergeProcessor;
import io.millrace.streams.session.SessionConfig;
import io.millrace.views.Aggregate;
import io.millrace.views.BuiltInViews;
import io.millrace.views.Field;
import io.millrace.views.Filter;
import io.millrace.views.GrainRetention;
import io.millrace.views.Source;
import io.millrace.views.ViewPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A view with a topic whose minutes are kept for an hour, in the graph of both stages. */
class RetentionTopologyTest {
  private static final Instant LONG_AGO = Instant.ofEpochMilli(NOW).minus(Duration.ofDays(30));

  private static final ViewPlan PATHS =
      new ViewPlan(
          "paths",
          Source.CLICKS,
          new Filter.Everything(),
          List.of(Field.PATH),
          EnumSet.of(Grain.MINUTE, Grain.DAY),
          List.of(new Aggregate.Count("events", new Filter.Everything())),
          Optional.of("paths"),
          GrainRetention.FOR_EVER.with(Grain.MINUTE, Duration.ofHours(1)));

  @Test
  void deletedCellsGoFromTheStoreAndFromTheTopicOfTheirView(@TempDir Path folder) {
    try (TopologyTestDriver driver = driver(folder)) {
      TestOutputTopic<String, String> topic =
          driver.createOutputTopic("paths", new StringDeserializer(), new StringDeserializer());
      CellKey oldMinute = cell(Grain.MINUTE, LONG_AGO);
      CellKey oldDay = cell(Grain.DAY, LONG_AGO);

      // When
      send(driver, click("1", "v1", "/", LONG_AGO.toEpochMilli(), "Firefox", true));
      driver.advanceWallClockTime(Duration.ofMinutes(2));

      // Then
      assertThat(stored(driver)).isEqualTo(Map.of(oldMinute, 1L, oldDay, 1L));

      // When
      send(driver, click("2", "v1", "/", NOW, "Firefox", false));
      send(driver, click("3", "v1", "/", LONG_AGO.toEpochMilli(), "Firefox", true));
      driver.advanceWallClockTime(Duration.ofMinutes(2));

      // Then
      assertThat(stored(driver))
          .isEqualTo(
              Map.of(
                  oldDay,
                  2L,
                  cell(Grain.MINUTE, Instant.ofEpochMilli(NOW)),
                  1L,
                  cell(Grain.DAY, Instant.ofEpochMilli(NOW)),
                  1L));
      var latest = new HashMap<String, @Nullable String>();
      topic.readKeyValuesToList().forEach(record -> latest.put(record.key, record.value));
      assertThat(latest).hasSize(4);
      assertThat(latest.entrySet().stream().filter(entry -> entry.getValue() == null))
          .singleElement()
          .extracting(Map.Entry::getKey)
          .asString()
          .contains("minute", Instant.ofEpochMilli(oldMinute.windowStart()).toString());
    }
  }

  private static CellKey cell(Grain grain, Instant time) {
    return new CellKey("paths", grain, "", grain.windowStart(time.toEpochMilli()), List.of("/"));
  }

  private static Map<CellKey, Long> stored(TopologyTestDriver driver) {
    var cells = new HashMap<CellKey, Long>();
    var store = driver.<byte[], byte[]>getKeyValueStore(MergeProcessor.CELLS);
    try (var entries = store.range(new byte[] {'p'}, new byte[] {'q'})) {
      entries.forEachRemaining(
          entry -> cells.put(CellKey.parse(entry.key), Cell.parse(entry.value).value(0)));
    }
    return cells;
  }

  private static void send(TopologyTestDriver driver, ClickEvent click) {
    driver
        .createInputTopic("click-events", new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(
            new ClickKey(click.site(), click.visitor()).toBytes(),
            ClickEventCodec.encode(click),
            click.receivedTime());
  }

  private static TopologyTestDriver driver(Path folder) {
    List<ViewPlan> views = new ArrayList<>(List.of(PATHS));
    BuiltInViews.all().stream()
        .filter(plan -> plan.name().equals(BuiltInViews.BOOKS))
        .forEach(views::add);
    var stage =
        new ClickStage(
            JudgeConfig.DEFAULT, SessionConfig.DEFAULT, Clicks.enricher(), views, 1, outcome -> {});
    var settings =
        new StreamsSettings(
            Namespace.DEFAULT,
            Map.of("bootstrap.servers", "unused:9092"),
            folder,
            1,
            CommitPace.DEFAULT,
            1);
    return new TopologyTestDriver(
        ClickTopology.of(Namespace.DEFAULT, stage, CommitPace.DEFAULT),
        settings.toProperties(),
        Instant.ofEpochMilli(NOW));
  }
}
