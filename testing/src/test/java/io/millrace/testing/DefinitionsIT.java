package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.model.Namespace;
import io.millrace.model.Outcome;
import io.millrace.model.TopicLayout;
import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Grain;
import io.millrace.model.control.BackfillState;
import io.millrace.model.control.ControlCommand;
import io.millrace.model.control.ViewGeneration;
import io.millrace.model.control.ViewStart;
import io.millrace.ops.Cluster;
import io.millrace.ops.ControlLog;
import io.millrace.ops.OffsetReader;
import io.millrace.server.broker.LocalKafka;
import io.millrace.server.broker.LocalKafkaConfig;
import io.millrace.server.drill.proof.LogOracle;
import io.millrace.streams.backfill.Backfills;
import io.millrace.streams.rollup.ViewStarts;
import io.millrace.testing.harness.CellTable;
import io.millrace.testing.harness.ChildJvm;
import io.millrace.testing.harness.DefiningEngine;
import io.millrace.testing.harness.Engine;
import io.millrace.testing.harness.EngineTraffic;
import io.millrace.testing.harness.ViewCopies;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Views are defined, dropped and defined anew while events keep coming, half of them of one visitor
 * and page, and the process is killed in the middle of giving one of them its past: then every cell
 * of theirs is what an oracle says that reads the log. One gets its past from two at once.
 */
@Timeout(900)
class DefinitionsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final long PAST = 5_000;
  private static final ViewGeneration PAGES = new ViewGeneration("my_pages", 1);
  private static final ViewGeneration OUTCOMES = new ViewGeneration("my_outcomes", 1);
  private static final ViewGeneration NEXT_OUTCOMES = new ViewGeneration("my_outcomes", 2);
  private static final ViewGeneration DROPPED = new ViewGeneration("my_urls", 1);
  private static final ViewGeneration URLS = new ViewGeneration("my_urls", 2);
  private static final ViewGeneration BROWSERS = new ViewGeneration("my_browsers", 1);
  private static final ViewGeneration FORGOTTEN = new ViewGeneration("forgotten", 1);
  private static final ViewGeneration WITHOUT_PAST = new ViewGeneration("from_now", 1);

  private final long seed = Long.getLong("millrace.seed", System.nanoTime());

  @Test
  void everyCellOfViewsThatAreDefinedUnderLoadIsRight(@TempDir Path folder) throws Exception {
    System.out.println("DefinitionsIT: seed " + seed);
    var random = new Random(seed);
    Path state = folder.resolve("state");
    try (LocalKafka kafka = LocalKafka.start(LocalKafkaConfig.oneBroker(folder.resolve("kafka")))) {
      String servers = kafka.bootstrapServers();
      Engine.makeTopics(servers);
      var traffic = new EngineTraffic(servers, new Random(random.nextLong()));

      // Given
      CompletableFuture<Map<Outcome, Long>> sending =
          CompletableFuture.supplyAsync(traffic::sendUntilStopped);
      try (ControlLog control =
              ControlLog.open(Map.of("bootstrap.servers", servers), Namespace.DEFAULT);
          Cluster cluster = Cluster.connect(Map.of("bootstrap.servers", servers))) {
        try (ChildJvm engine = DefiningEngine.startChild(servers, state)) {
          Engine.awaitRunning(engine);
          awaitPast(cluster);

          // When
          DefiningEngine.define(control, DROPPED, "url_click_counts", ViewStart.EARLIEST);
          DefiningEngine.define(control, PAGES, "pages", ViewStart.EARLIEST);
          DefiningEngine.define(control, OUTCOMES, "outcomes", ViewStart.EARLIEST);
          killInTheMiddle(engine, cluster, control, OUTCOMES);
        }
        try (ChildJvm engine = DefiningEngine.startChild(servers, state)) {
          DefiningEngine.define(control, URLS, "url_click_counts", ViewStart.EARLIEST);
          DefiningEngine.define(control, WITHOUT_PAST, "pages", ViewStart.NOW);
          killInTheMiddle(engine, cluster, control, PAGES);
        }
        try (DefiningEngine engine = DefiningEngine.start(servers, state)) {
          awaitComplete(control, PAGES, OUTCOMES, URLS);
          DefiningEngine.define(control, NEXT_OUTCOMES, "outcomes", ViewStart.EARLIEST);
          assertThat(control.views().known().current().get("my_outcomes").generation())
              .isEqualTo(OUTCOMES);
          awaitComplete(control, NEXT_OUTCOMES);
          // Both are swept within the same minute.
          requireFreed(engine, DROPPED, "url_click_counts");
          requireFreed(engine, OUTCOMES, "outcomes");
          traffic.stop();
          Map<Outcome, Long> sent = sending.get(1, TimeUnit.MINUTES);
          long events = sent.values().stream().mapToLong(Long::longValue).sum();
          Engine.awaitAccounted(engine.streams(), servers, events);

          // Then
          LogOracle oracle = Engine.oracle(servers);
          requireEveryCell(engine, oracle, PAGES, "pages");
          requireEveryCell(engine, oracle, NEXT_OUTCOMES, "outcomes");
          requireEveryCell(engine, oracle, URLS, "url_click_counts");
          requireLiveEventsAlone(engine, oracle);
          Engine.requireEveryCell(engine.streams(), servers, sent);
        }
        // As if Kafka had forgotten how far it was read.
        DefiningEngine.define(control, FORGOTTEN, "devices", ViewStart.EARLIEST);
        control.append(new ControlCommand.NoteBackfill(FORGOTTEN, BackfillState.RUNNING));
        try (DefiningEngine engine = DefiningEngine.start(servers, state);
            Backfills another = engine.startBackfills()) {
          Engine.awaitRunning(engine.streams());
          assertThat(another.progress(BROWSERS)).isEmpty();

          // When
          DefiningEngine.define(control, BROWSERS, "browsers", ViewStart.EARLIEST);
          await("a view with a forgotten past says so")
              .atMost(PATIENCE)
              .until(
                  () ->
                      DefiningEngine.stateOf(control, FORGOTTEN)
                          .equals(Optional.of(BackfillState.LOST)));
          awaitComplete(control, BROWSERS);

          // Then
          requireEveryCell(engine, Engine.oracle(servers), BROWSERS, "browsers");
        }
      } finally {
        traffic.stop();
      }
    }
  }

  /** There is to be a past that takes a while to read. */
  private static void awaitPast(Cluster cluster) {
    var log = new OffsetReader(cluster, "enriched-clicks", "none");
    await("some thousand events").atMost(PATIENCE).until(() -> sum(log.ends()) > PAST);
  }

  /** Kills it when it has committed some of a view's past and not all of it. */
  private static void killInTheMiddle(
      ChildJvm engine, Cluster cluster, ControlLog control, ViewGeneration view) {
    String group = "millrace-backfill-" + view.view() + "-" + view.number();
    var offsets = new OffsetReader(cluster, "enriched-clicks", group);
    long read =
        await("some of the past is read")
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(20))
            .until(() -> sum(offsets.committed()), sum -> sum > 500);
    assertThat(engine.killAlone()).as(engine.errors()).isTrue();
    assertThat(DefiningEngine.stateOf(control, view)).contains(BackfillState.RUNNING);
    System.out.printf(
        "DefinitionsIT: killed when %s had read %d of %d enriched clicks%n",
        view.cells(), read, sum(offsets.ends()));
  }

  private static long sum(Map<Integer, Long> offsets) {
    return offsets.values().stream().mapToLong(Long::longValue).sum();
  }

  private static void awaitComplete(ControlLog control, ViewGeneration... views) {
    for (ViewGeneration view : views) {
      await(view.cells() + " has its past")
          .atMost(PATIENCE)
          .until(
              () ->
                  DefiningEngine.stateOf(control, view)
                      .filter(state -> state == BackfillState.COMPLETE)
                      .isPresent());
    }
  }

  private static void requireEveryCell(
      DefiningEngine engine, LogOracle oracle, ViewGeneration view, String original) {
    var expected = new HashMap<>(oracle.cells());
    expected.keySet().removeIf(key -> !key.view().equals(original));
    Map<CellKey, Map<String, BigDecimal>> found = named(original, read(engine, view, original));
    assertThat(CellTable.differences(expected, found))
        .as("of %d cells of %s", expected.size(), view.cells())
        .isEmpty();
    System.out.printf(
        "DefinitionsIT: %d cells of %s are right; begun at %s%n",
        expected.size(), view.cells(), ViewStarts.read(engine.streams(), view));
  }

  /** What a view without past has is some of all, and all from where it began. */
  private static void requireLiveEventsAlone(DefiningEngine engine, LogOracle oracle) {
    Map<Integer, Long> starts = ViewStarts.read(engine.streams(), WITHOUT_PAST);
    assertThat(starts).hasSize(TopicLayout.LOCAL.clickPartitions());
    assertThat(sum(starts)).isPositive();
    long live = events(read(engine, WITHOUT_PAST, "pages"));
    assertThat(live).isEqualTo(oracle.countedFrom(starts)).isPositive();
  }

  private static long events(Map<CellKey, Map<String, BigDecimal>> cells) {
    return cells.entrySet().stream()
        .filter(cell -> cell.getKey().grain() == Grain.DAY)
        .mapToLong(cell -> cell.getValue().get("events").longValue())
        .sum();
  }

  private static void requireFreed(DefiningEngine engine, ViewGeneration view, String original) {
    await("the cells of " + view.cells() + " are deleted")
        .atMost(PATIENCE)
        .until(() -> read(engine, view, original).isEmpty());
  }

  private static Map<CellKey, Map<String, BigDecimal>> read(
      DefiningEngine engine, ViewGeneration view, String original) {
    return CellTable.read(
        engine.streams(),
        EngineTraffic.SITES,
        new ViewCopies().compile(view.view(), original),
        view.cells());
  }

  private static Map<CellKey, Map<String, BigDecimal>> named(
      String name, Map<CellKey, Map<String, BigDecimal>> cells) {
    var named = new HashMap<CellKey, Map<String, BigDecimal>>();
    cells.forEach(
        (key, values) ->
            named.put(
                new CellKey(name, key.grain(), key.site(), key.windowStart(), key.dimensions()),
                values));
    return named;
  }
}
