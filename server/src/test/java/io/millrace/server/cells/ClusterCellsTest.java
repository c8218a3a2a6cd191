package io.millrace.server.cells;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.cell.Grain;
import io.millrace.model.instance.Announcement;
import io.millrace.model.instance.InstanceDirectory;
import io.millrace.streams.OwnCells.ChangelogPosition;
import io.millrace.views.CellReader;
import io.millrace.views.CellsUnavailableException;
import io.millrace.views.Completeness;
import io.millrace.views.Completeness.Lag;
import io.millrace.views.Gathering;
import io.millrace.views.KeptSince;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ClusterCellsTest {
  private static final String SELF = "self";
  private final FakeOwnCells own = new FakeOwnCells(3);
  private final FakeRemoteCells remote = new FakeRemoteCells();
  private final CopyLags ownLags = new CopyLags();
  private final InstanceDirectory directory = new InstanceDirectory(Duration.ofHours(1));
  private final ClusterCells cells =
      new ClusterCells(
          own,
          directory,
          SELF,
          ownLags,
          remote,
          CellsConfig.DEFAULT,
          new CellsMetrics(new PrometheusRegistry()));
  private long order;

  private FakeOwnCells instance(String name) {
    return remote.instances.computeIfAbsent(name, none -> new FakeOwnCells(3));
  }

  /** Says what an instance has. */
  private void announce(String name) {
    announce(name, instance(name).active.keySet());
  }

  private void announce(String name, Set<Integer> active) {
    var copies = new ArrayList<Announcement.Copy>();
    if (remote.lags.containsKey(name)) {
      copies.addAll(remote.lags.get(name).copies().values());
    }
    directory.apply(
        new Announcement(
            name, name, "http://" + name, Set.of("processor"), "1", active, copies, List.of()),
        order++,
        System.nanoTime());
  }

  /** Three partitions: one here, and one with each of two others. */
  private void spread() {
    own.active.put(0, new StoredPartition().with("a", 1));
    instance("left").active.put(1, new StoredPartition().with("b", 20).with("c", 30));
    instance("right").active.put(2, new StoredPartition().with("d", 400));
    announce("left");
    announce("right");
  }

  private static Map<String, Long> read(CellReader reader) {
    return read(reader, List.of());
  }

  private static Map<String, Long> read(CellReader reader, List<String> group) {
    var found = new TreeMap<String, Long>();
    reader.scanGroup(
        StoredPartition.VIEW,
        Grain.DAY,
        StoredPartition.SITE,
        0,
        1,
        group,
        (key, cell) -> found.merge(key.dimensions().getFirst(), cell.value(0), Long::sum));
    return found;
  }

  @Test
  void readsEachPartitionOnceWhereverItIs() {
    spread();

    assertThat(read(cells)).isEqualTo(Map.of("a", 1L, "b", 20L, "c", 30L, "d", 400L));
    assertThat(remote.asked).containsExactlyInAnyOrder("left", "right");
    assertThat(read(cells, List.of("c"))).isEqualTo(Map.of("c", 30L));
    assertThat(cells.keptSince(StoredPartition.VIEW, StoredPartition.SITE))
        .isEqualTo(KeptSince.EVERYTHING);
  }

  @Test
  void looksWhereThePartitionHasMovedTo() {
    // Given: left says that it has 2, which is with right by now
    spread();
    instance("right").active.remove(2);
    instance("left").active.put(2, new StoredPartition().with("d", 400));
    announce("left", Set.of(1, 2));
    announce("right", Set.of(2));
    directory.leave("right");
    announce("right", Set.of(2));

    assertThat(read(cells)).isEqualTo(Map.of("a", 1L, "b", 20L, "c", 30L, "d", 400L));
    assertThat(remote.asked).containsExactlyInAnyOrder("left", "right", "left");
  }

  @Test
  void failsWhereAPartitionCannotBeHadAndSaysSoWhereThatWillDo() {
    spread();
    remote.dead.add("right");

    assertThatThrownBy(() -> read(cells)).isInstanceOf(CellsUnavailableException.class);

    var gathering = new Gathering();
    assertThat(read(cells.atBest(gathering::add))).isEqualTo(Map.of("a", 1L, "b", 20L, "c", 30L));
    assertThat(gathering.completeness()).isEqualTo(Completeness.without(2));
  }

  @Test
  void asksWhoDidNotAnswerAgainOnlyWhenItIsHeardOf() {
    spread();
    remote.dead.add("right");
    assertThatThrownBy(() -> read(cells)).isInstanceOf(CellsUnavailableException.class);
    remote.asked.clear();

    assertThatThrownBy(() -> read(cells)).isInstanceOf(CellsUnavailableException.class);
    assertThat(remote.asked).doesNotContain("right");

    remote.dead.clear();
    announce("right");
    assertThat(read(cells)).hasSize(4);
  }

  @Test
  void asksWhoWasBusyAgainAtOnce() {
    spread();
    remote.busy.add("right");
    assertThatThrownBy(() -> read(cells)).isInstanceOf(CellsUnavailableException.class);

    remote.busy.clear();
    assertThat(read(cells)).hasSize(4);
  }

  @Test
  void readsACopyOnlyWhereThatWillDoAndSaysHowFarItIsBehind() {
    // Given
    spread();
    instance("left").copies.put(2, new StoredPartition().with("d", 390));
    var lags = new CopyLags();
    lags.look(Map.of(2, new ChangelogPosition(100, 105)), 0);
    remote.lags.put("left", lags);
    announce("left");
    remote.dead.add("right");

    // Then
    assertThatThrownBy(() -> read(cells)).isInstanceOf(CellsUnavailableException.class);
    var gathering = new Gathering();
    assertThat(read(cells.atBest(gathering::add)).get("d")).isEqualTo(390);
    assertThat(gathering.completeness())
        .isEqualTo(Completeness.ofCopy(2, new Lag(4, Optional.empty())));
  }

  @Test
  void readsItsOwnCopyWhereNobodyElseHasOne() {
    spread();
    own.copies.put(2, new StoredPartition().with("d", 380));
    ownLags.look(Map.of(2, new ChangelogPosition(100, 101)), 0);
    remote.dead.add("right");

    var gathering = new Gathering();
    assertThat(read(cells.atBest(gathering::add)).get("d")).isEqualTo(380);
    assertThat(gathering.completeness().label()).isEqualTo("stale");
    assertThatThrownBy(() -> read(cells)).isInstanceOf(CellsUnavailableException.class);
  }

  @Test
  void takesNothingTwiceOfAnAnswerThatIsTornOff() {
    // Given: the piece with the cells comes, and neither its end nor what is after it
    spread();
    instance("left").copies.put(2, new StoredPartition().with("d", 390));
    var lags = new CopyLags();
    lags.look(Map.of(2, new ChangelogPosition(100, 105)), 0);
    remote.lags.put("left", lags);
    announce("left");
    remote.tornAfter.put("right", lengthOfCells());

    // Then
    assertThatThrownBy(() -> read(cells)).isInstanceOf(CellsUnavailableException.class);
    announce("right");
    var gathering = new Gathering();
    assertThat(read(cells.atBest(gathering::add)).get("d")).isEqualTo(400);
    assertThat(gathering.completeness()).isEqualTo(Completeness.without(2));
  }

  private static int lengthOfCells() {
    var entries = new ArrayList<CellFrame.Entry>();
    new StoredPartition()
        .with("d", 400)
        .cells()
        .scanStored(
            StoredPartition.VIEW,
            Grain.DAY,
            StoredPartition.SITE,
            0,
            1,
            (key, cell) -> entries.add(new CellFrame.Entry(key, cell)));
    var out = new java.io.ByteArrayOutputStream();
    new FrameWriter(out).write(new CellFrame.Cells(2, entries));
    return out.size();
  }

  @Test
  void endsWithWhatTheReceiverThrows() {
    spread();

    assertThatThrownBy(
            () ->
                cells.scan(
                    StoredPartition.VIEW,
                    Grain.DAY,
                    StoredPartition.SITE,
                    0,
                    1,
                    (key, cell) -> {
                      throw new IllegalStateException("enough");
                    }))
        .hasMessage("enough");
  }

  @Test
  void knowsThatCellsElsewhereMayHaveChanged() throws InterruptedException {
    assertThat(cells.version()).isNotEqualTo(7);
    for (int partition = 0; partition < 3; partition++) {
      own.active.put(partition, new StoredPartition());
    }
    assertThat(cells.version()).isEqualTo(7);
  }
}
