package io.millrace.testing;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.model.Namespace;
import io.millrace.model.Outcome;
import io.millrace.model.PartitionBooks;
import io.millrace.model.TopicLayout;
import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Grain;
import io.millrace.model.control.BackfillState;
import io.millrace.model.control.ViewGeneration;
import io.millrace.model.control.ViewStart;
import io.millrace.model.instance.InstanceDirectory;
import io.millrace.ops.ControlLog;
import io.millrace.server.broker.LocalKafka;
import io.millrace.server.broker.LocalKafkaConfig;
import io.millrace.server.drill.proof.LogOracle;
import io.millrace.testing.harness.CellTable;
import io.millrace.testing.harness.ChildJvm;
import io.millrace.testing.harness.ClusterEngine;
import io.millrace.testing.harness.DefiningEngine;
import io.millrace.testing.harness.Engine;
import io.millrace.testing.harness.EngineTraffic;
import io.millrace.testing.harness.ViewCopies;
import io.millrace.views.Books;
import io.millrace.views.BuiltInViews;
import io.millrace.views.CellReader;
import io.millrace.views.CellsUnavailableException;
import io.millrace.views.Completeness;
import io.millrace.views.Gathering;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two instances process and a third has no state and sees the cells of both. The one that gives a
 * view its past is killed in the middle: what is read meanwhile says that it is not whole, and the
 * other goes on. The killed one comes back, and every cell is what an oracle says that reads the
 * log, asked for anywhere.
 */
@Timeout(600)
class InstancesIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final ViewGeneration PAGES = new ViewGeneration("my_pages", 1);
  private static final long PAST = 2_000;
  private static final int PARTITIONS = TopicLayout.LOCAL.rollupPartitions();

  private final long seed = Long.getLong("millrace.seed", System.nanoTime());

  @Test
  void allInstancesSeeTheCellsOfAllAndSayWhatIsMissing(@TempDir Path folder) throws Exception {
    System.out.println("InstancesIT: seed " + seed);
    try (LocalKafka kafka = LocalKafka.start(LocalKafkaConfig.oneBroker(folder.resolve("kafka")))) {
      String servers = kafka.bootstrapServers();
      Engine.makeTopics(servers);
      var traffic = new EngineTraffic(servers, new Random(seed));
      try (ControlLog control =
              ControlLog.open(Map.of("bootstrap.servers", servers), Namespace.DEFAULT);
          ClusterEngine asking = ClusterEngine.startStateless(servers, "asking");
          ChildJvm one = ClusterEngine.startChild(servers, "one", folder.resolve("one"));
          ChildJvm two = ClusterEngine.startChild(servers, "two", folder.resolve("two"))) {
        // Given
        awaitWhole(asking, one, two);
        CompletableFuture<Map<Outcome, Long>> sending =
            CompletableFuture.supplyAsync(traffic::sendUntilStopped);
        awaitEvents(asking);
        DefiningEngine.define(control, PAGES, "pages", ViewStart.EARLIEST);
        awaitPast(asking, control, one);

        // When
        String killed = owners(asking).get(0);
        System.out.println("InstancesIT: kills " + killed + " of " + owners(asking));
        assertThat((killed.equals("one") ? one : two).killAlone()).isTrue();

        // Then
        List<Completeness> seen = seenUntilComplete(asking);
        System.out.println(
            "InstancesIT: while one is away "
                + seen.stream().collect(groupingBy(Completeness::label, counting()))
                + ", at first "
                + seen.getFirst());
        assertThat(seen).as("read from a copy").anyMatch(best -> best.stale().containsKey(0));
        awaitComplete(control);
        try (ClusterEngine again = ClusterEngine.start(servers, "again", folder.resolve(killed))) {
          Engine.awaitRunning(again.streams());
          traffic.stop();
          Map<Outcome, Long> sent = sending.get(1, TimeUnit.MINUTES);
          requireEveryCell(asking, again, servers, sent);
        }
        assertThat((killed.equals("one") ? two : one).killAlone()).isTrue();
        requireNothingIsThere(asking);
      } finally {
        traffic.stop();
      }
    }
  }

  /** All partitions are with somebody, and both have begun. */
  private static void awaitWhole(ClusterEngine asking, ChildJvm one, ChildJvm two) {
    Engine.awaitRunning(one);
    Engine.awaitRunning(two);
    await("all can be read")
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(bestOf(asking)).isEqualTo(Completeness.COMPLETE);
              requireOneOwnerAndOneCopyOfEach(asking);
            });
    assertThat(owners(asking).values()).isSubsetOf("one", "two");
  }

  private static void requireOneOwnerAndOneCopyOfEach(ClusterEngine asking) {
    InstanceDirectory directory = asking.instances().directory();
    long now = System.nanoTime();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      assertThat(directory.claimants(partition, now)).hasSize(1);
      assertThat(directory.copyists(partition, now))
          .hasSize(1)
          .doesNotContainAnyElementsOf(directory.claimants(partition, now));
    }
  }

  /** What all readings say of themselves from now on, until one has everything. */
  private static List<Completeness> seenUntilComplete(ClusterEngine asking) {
    var seen = new ArrayList<Completeness>();
    await("all can be read again")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              Completeness best = bestOf(asking);
              seen.add(best);
              return best.isComplete();
            });
    return seen;
  }

  private static Map<Integer, String> owners(ClusterEngine asking) {
    var owners = new TreeMap<Integer, String>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      asking.instances().directory().claimants(partition, System.nanoTime()).stream()
          .findFirst()
          .map(owner -> owner.announcement().name())
          .ifPresent(collecting(owners, partition));
    }
    return owners;
  }

  private static Consumer<String> collecting(Map<Integer, String> owners, int partition) {
    return owner -> owners.put(partition, owner);
  }

  /** There is to be a past that takes a while to read. */
  private static void awaitEvents(ClusterEngine asking) {
    var books = new Books(asking.cells(), PARTITIONS);
    await("some thousand events")
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(CellsUnavailableException.class)
        .untilAsserted(
            () ->
                assertThat(
                        books.read().values().stream()
                            .mapToLong(PartitionBooks::accountedThrough)
                            .sum())
                    .isGreaterThan(PAST));
  }

  private static Completeness bestOf(ClusterEngine asking) {
    var gathering = new Gathering();
    asking
        .cells()
        .atBest(gathering::add)
        .scan(BuiltInViews.BOOKS, Grain.ALL, "", 0, 1, (key, cell) -> {});
    return gathering.completeness();
  }

  /** Whoever asks elsewhere sees that some of the past is there. */
  private static void awaitPast(ClusterEngine asking, ControlLog control, ChildJvm one) {
    await("some of the past of " + PAGES.cells())
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(
            () ->
                assertThat(
                        asking.instances().progress(PAGES).map(past -> past.processed()).orElse(0L)
                                > 0
                            || isComplete(control))
                    .as(
                        "%s %s%n%s",
                        asking.instances().progress(PAGES),
                        DefiningEngine.stateOf(control, PAGES),
                        one.output() + one.errors())
                    .isTrue());
    System.out.println("InstancesIT: past " + asking.instances().progress(PAGES));
  }

  private static boolean isComplete(ControlLog control) {
    return DefiningEngine.stateOf(control, PAGES).equals(Optional.of(BackfillState.COMPLETE));
  }

  private static void awaitComplete(ControlLog control) {
    await(PAGES.cells() + " has its past").atMost(PATIENCE).until(() -> isComplete(control));
  }

  private static void requireEveryCell(
      ClusterEngine asking, ClusterEngine again, String servers, Map<Outcome, Long> sent) {
    long events = sent.values().stream().mapToLong(Long::longValue).sum();
    Engine.awaitAccounted(asking.cells(), servers, events);
    Engine.requireEveryCell(asking.cells(), servers, sent);
    Engine.requireEveryCell(again.cells(), servers, sent);
    requireCopy(asking.cells(), Engine.oracle(servers));
    System.out.println("InstancesIT: read from " + owners(asking));
    assertThat(bestOf(asking)).isEqualTo(Completeness.COMPLETE);
  }

  private static void requireCopy(CellReader cells, LogOracle oracle) {
    var expected = new HashMap<>(oracle.cells());
    expected.keySet().removeIf(key -> !key.view().equals("pages"));
    var found = new HashMap<CellKey, Map<String, BigDecimal>>();
    CellTable.read(
            cells,
            EngineTraffic.SITES,
            new ViewCopies().compile(PAGES.view(), "pages"),
            PAGES.cells())
        .forEach((key, values) -> found.put(named("pages", key), values));
    assertThat(CellTable.differences(expected, found))
        .as("of %d cells of %s", expected.size(), PAGES.cells())
        .isEmpty();
  }

  private static CellKey named(String view, CellKey key) {
    return new CellKey(view, key.grain(), key.site(), key.windowStart(), key.dimensions());
  }

  private static void requireNothingIsThere(ClusterEngine asking) {
    assertThat(bestOf(asking)).isEqualTo(new Completeness(Map.of(), Set.of(0, 1, 2, 3)));
    assertThatThrownBy(
            () -> asking.cells().scan(BuiltInViews.BOOKS, Grain.ALL, "", 0, 1, (key, cell) -> {}))
        .isInstanceOf(CellsUnavailableException.class);
  }
}
