package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.model.Namespace;
import io.millrace.model.Outcome;
import io.millrace.model.PublishedSession;
import io.millrace.model.SessionNumber;
import io.millrace.model.TopicLayout;
import io.millrace.model.cell.CellKey;
import io.millrace.model.control.BackfillState;
import io.millrace.model.control.ViewGeneration;
import io.millrace.model.control.ViewStart;
import io.millrace.ops.Cluster;
import io.millrace.ops.ControlLog;
import io.millrace.ops.OffsetReader;
import io.millrace.server.broker.LocalKafka;
import io.millrace.server.broker.LocalKafkaConfig;
import io.millrace.server.drill.proof.LogOracle;
import io.millrace.streams.rollup.ViewStarts;
import io.millrace.testing.harness.CellTable;
import io.millrace.testing.harness.ChildJvm;
import io.millrace.testing.harness.DefiningEngine;
import io.millrace.testing.harness.Engine;
import io.millrace.testing.harness.EngineTraffic;
import io.millrace.testing.harness.FieldFacts;
import io.millrace.testing.harness.TopicReader;
import io.millrace.testing.harness.ViewCopies;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Views of sessions are defined while events keep coming that open sessions, join them, join those
 * that were closed, and make one of two; the process is killed in the middle of giving one of them
 * its past. Then every cell of theirs is what an oracle says that reads the log.
 */
@Tag("long")
@Timeout(600)
class SessionDefinitionsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration SPREAD = Duration.ofMinutes(10);
  private static final int MOST_SENT_AGAIN = 200;
  private static final ViewGeneration TOTALS = new ViewGeneration("my_totals", 1);
  private static final ViewGeneration ENTRIES = new ViewGeneration("my_entries", 1);
  private static final ViewGeneration EXITS = new ViewGeneration("my_exits", 1);

  /** Nothing is forgotten as long as the test lasts, so it has all sessions as well. */
  private static final ViewGeneration WITHOUT_PAST = new ViewGeneration("from_now", 1);

  private final long seed = Long.getLong("millrace.seed", System.nanoTime());

  @Test
  void everyCellOfViewsOfSessionsThatAreDefinedUnderLoadIsRight(@TempDir Path folder)
      throws Exception {
    System.out.println("SessionDefinitionsIT: seed " + seed);
    Path state = folder.resolve("state");
    try (LocalKafka kafka = LocalKafka.start(LocalKafkaConfig.oneBroker(folder.resolve("kafka")))) {
      String servers = kafka.bootstrapServers();
      Engine.makeTopics(servers);
      var traffic = new EngineTraffic(servers, new Random(seed), SPREAD);

      // Given
      CompletableFuture<Map<Outcome, Long>> sending =
          CompletableFuture.supplyAsync(traffic::sendUntilStopped);
      try (ControlLog control =
              ControlLog.open(Map.of("bootstrap.servers", servers), Namespace.DEFAULT);
          Cluster cluster = Cluster.connect(Map.of("bootstrap.servers", servers))) {
        try (ChildJvm engine = DefiningEngine.startChildWithShortSessions(servers, state)) {
          Engine.awaitRunning(engine);
          awaitSentAgain(servers, MOST_SENT_AGAIN);

          // When
          DefiningEngine.define(control, TOTALS, "session_totals", ViewStart.EARLIEST);
          killInTheMiddle(engine, cluster, control, TOTALS);
        }
        try (ChildJvm engine = DefiningEngine.startChildWithShortSessions(servers, state)) {
          DefiningEngine.define(control, ENTRIES, "entry_pages", ViewStart.EARLIEST);
          DefiningEngine.define(control, WITHOUT_PAST, "session_sources", ViewStart.NOW);
          killInTheMiddle(engine, cluster, control, ENTRIES);
        }
        try (DefiningEngine engine = DefiningEngine.startWithShortSessions(servers, state)) {
          DefiningEngine.define(control, EXITS, "exit_pages", ViewStart.EARLIEST);
          awaitComplete(control, TOTALS, ENTRIES, EXITS);
          int sentAgain = sentAgain(servers);
          awaitSentAgain(servers, sentAgain + MOST_SENT_AGAIN);
          traffic.stop();
          Map<Outcome, Long> sent = sending.get(1, TimeUnit.MINUTES);
          Engine.awaitAccounted(
              engine.streams(), servers, sent.values().stream().mapToLong(Long::longValue).sum());

          // Then
          LogOracle oracle = oracle(servers);
          assertThat(
                  CellTable.differences(
                      oracle.cells(), CellTable.read(engine.streams(), EngineTraffic.SITES)))
              .isEmpty();
          requireEveryCell(engine, oracle, TOTALS, "session_totals");
          requireEveryCell(engine, oracle, ENTRIES, "entry_pages");
          requireEveryCell(engine, oracle, EXITS, "exit_pages");
          requireEveryCell(engine, oracle, WITHOUT_PAST, "session_sources");
          requireNumbersWithoutGaps(servers);
        }
      } finally {
        traffic.stop();
      }
    }
  }

  private static LogOracle oracle(String servers) {
    return LogOracle.of(
        new TopicReader(servers).records("click-events"),
        TopicLayout.LOCAL.rollupPartitions(),
        site -> DefiningEngine.SHORT_INACTIVITY,
        new FieldFacts());
  }

  private static void awaitSentAgain(String servers, int count) {
    await("sessions that were sent before are sent again")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(2))
        .until(() -> sentAgain(servers) >= count);
  }

  private static int sentAgain(String servers) {
    return (int)
        new TopicReader(servers)
            .records("sessions").stream()
                .filter(record -> record.headers().lastHeader(PublishedSession.REPLACED) != null)
                .count();
  }

  /** Kills it when it has committed some of a view's past, and hardly all of it. */
  private static void killInTheMiddle(
      ChildJvm engine, Cluster cluster, ControlLog control, ViewGeneration view) {
    String group = "millrace-backfill-" + view.view() + "-" + view.number();
    var offsets = new OffsetReader(cluster, "sessions", group);
    long read =
        await("some of the past is read")
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(20))
            .until(() -> sum(offsets.committed()), sum -> sum > 200);
    assertThat(engine.killAlone()).as(engine.errors()).isTrue();
    // A quick machine may have read the rest before it was killed.
    assertThat(DefiningEngine.stateOf(control, view))
        .get()
        .isIn(BackfillState.RUNNING, BackfillState.COMPLETE);
    System.out.printf(
        "SessionDefinitionsIT: killed when %s had read %d of %d sessions%n",
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
                      .equals(Optional.of(BackfillState.COMPLETE)));
    }
  }

  private static void requireEveryCell(
      DefiningEngine engine, LogOracle oracle, ViewGeneration view, String original) {
    var expected = new HashMap<>(oracle.cells());
    expected.keySet().removeIf(key -> !key.view().equals(original));
    var found = new HashMap<CellKey, Map<String, BigDecimal>>();
    CellTable.read(
            engine.streams(),
            EngineTraffic.SITES,
            new ViewCopies().compile(view.view(), original),
            view.cells())
        .forEach(
            (key, values) ->
                found.put(
                    new CellKey(
                        original, key.grain(), key.site(), key.windowStart(), key.dimensions()),
                    values));
    assertThat(CellTable.differences(expected, found))
        .as("of %d cells of %s", expected.size(), view.cells())
        .isEmpty();
    System.out.printf(
        "SessionDefinitionsIT: %d cells of %s are right; begun at %s%n",
        expected.size(), view.cells(), ViewStarts.read(engine.streams(), view));
  }

  /** Those of each partition of click-events, over all lives of the process. */
  private static void requireNumbersWithoutGaps(String servers) {
    List<ConsumerRecord<byte[], byte[]>> records = new TopicReader(servers).records("sessions");
    var next = new TreeMap<Integer, Long>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      var number =
          SessionNumber.parse(record.headers().lastHeader(SessionNumber.HEADER).value())
              .orElseThrow();
      assertThat(number.number()).isEqualTo(next.getOrDefault(number.partition(), 0L));
      next.put(number.partition(), number.number() + 1);
    }
    System.out.printf(
        "SessionDefinitionsIT: %d sessions were sent, of which %d again%n",
        records.size(), sentAgain(servers));
  }
}
