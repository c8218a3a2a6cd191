package io.millrace.streams.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.cell.Cell;
import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Grain;
import io.millrace.model.cell.LongAccumulator;
import io.millrace.streams.InMemoryStore;
import io.millrace.views.Aggregate;
import io.millrace.views.Field;
import io.millrace.views.Filter;
import io.millrace.views.GrainRetention;
import io.millrace.views.KeptSince;
import io.millrace.views.Source;
import io.millrace.views.ViewPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class CellRetentionTest {
  private static final long NOON = Instant.parse("2026-03-08T12:00:00Z").toEpochMilli();
  private static final long MINUTE = Grain.MINUTE.length().toMillis();
  private static final long HOUR = Grain.HOUR.length().toMillis();
  private static final long DAY = Grain.DAY.length().toMillis();

  /** Minutes for two hours, hours for two days, days for ever. */
  private static final ViewPlan PATHS =
      plan(
          "paths",
          GrainRetention.FOR_EVER
              .with(Grain.MINUTE, Duration.ofHours(2))
              .with(Grain.HOUR, Duration.ofDays(2)));

  private static final ViewPlan ETERNAL = plan("eternal", GrainRetention.FOR_EVER);
  private static final List<MergedView> VIEWS =
      List.of(new MergedView(PATHS), new MergedView(ETERNAL));

  private final KeyValueStore<byte[], byte[]> store = InMemoryStore.open("cells");

  @Test
  void minutesAndHoursGoWhenTheirPeriodIsOverAndDaysStay() {
    var partition = new Partition();
    partition.merge(0, "demo", NOON, "/");
    partition.merge(0, "demo", NOON + MINUTE, "/");
    partition.merge(1, "demo", NOON, "/");

    partition.merge(0, "demo", NOON + 3 * DAY, "/");
    partition.sweepAll();

    assertThat(stored())
        .isEqualTo(
            Map.of(
                cell("paths", Grain.DAY, "demo", NOON, "/"), 2L,
                cell("paths", Grain.MINUTE, "demo", NOON + 3 * DAY, "/"), 1L,
                cell("paths", Grain.HOUR, "demo", NOON + 3 * DAY, "/"), 1L,
                cell("paths", Grain.DAY, "demo", NOON + 3 * DAY, "/"), 1L,
                cell("eternal", Grain.MINUTE, "demo", NOON, "/"), 1L,
                cell("eternal", Grain.HOUR, "demo", NOON, "/"), 1L,
                cell("eternal", Grain.DAY, "demo", NOON, "/"), 1L));
    assertThat(partition.deleted).isEqualTo(3);
  }

  @Test
  void anOldLogIsKeptUntilNewerEventsOfTheSameSiteCome() {
    var partition = new Partition();
    partition.merge(0, "old", NOON, "/");
    partition.merge(0, "live", NOON + 4000 * DAY, "/");
    partition.sweepAll();

    assertThat(stored()).containsKey(cell("paths", Grain.MINUTE, "old", NOON, "/"));
    assertThat(stored()).hasSize(6);
  }

  @Test
  void whatComesTooLateForItsMinuteCountsInItsHourAndDay() {
    var partition = new Partition();
    partition.merge(0, "demo", NOON + 3 * HOUR, "/");
    partition.merge(0, "demo", NOON, "/late");
    partition.sweepAll();

    assertThat(stored())
        .doesNotContainKey(cell("paths", Grain.MINUTE, "demo", NOON, "/late"))
        .containsEntry(cell("paths", Grain.HOUR, "demo", NOON, "/late"), 1L)
        .containsEntry(cell("paths", Grain.DAY, "demo", NOON, "/late"), 1L);
  }

  @Test
  void anEventFromTheFutureEndsNothingThatIsNewerThanItsReception() {
    var partition = new Partition();
    partition.merge(0, "demo", NOON, "/");
    partition.mergeReceived(0, "demo", NOON + 4000 * DAY, "/", NOON);
    partition.sweepAll();
    partition.merge(0, "demo", NOON, "/");
    partition.write();

    assertThat(stored()).containsEntry(cell("paths", Grain.MINUTE, "demo", NOON, "/"), 2L);
  }

  @Test
  void whatIsKeptIsRememberedAcrossARestartAndNeverMore() {
    var before = new Partition();
    before.merge(0, "demo", NOON + 3 * DAY, "/");
    before.write();

    var after = new Partition();
    after.merge(0, "demo", NOON, "/late");
    after.write();

    assertThat(stored()).doesNotContainKey(cell("paths", Grain.MINUTE, "demo", NOON, "/late"));
    KeptSince kept = KeptWindows.keptSince(store.get(KeptWindows.key("paths", "demo")));
    assertThat(kept).isEqualTo(PATHS.keptSince(NOON + 3 * DAY));
  }

  @Test
  void aSweepThatWasInterruptedIsFinishedAfterARestart() {
    var before = new Partition();
    for (int minute = 0; minute < 60; minute++) {
      before.merge(0, "demo", NOON + minute * MINUTE, "/");
    }
    before.merge(0, "demo", NOON + DAY, "/");
    before.write();
    assertThat(before.retention.sweep(20, before::count)).isTrue();
    assertThat(before.deleted).isEqualTo(20);

    var after = new Partition();
    after.sweepAll();

    assertThat(after.deleted).isEqualTo(40);
    assertThat(stored().keySet().stream().filter(key -> key.grain() == Grain.MINUTE))
        .containsExactly(cell("paths", Grain.MINUTE, "demo", NOON + DAY, "/"));
  }

  @Test
  void aMarkThatCannotBeReadBeginsAnewInsteadOfStoppingAllOthers() {
    store.put(KeptWindows.key("paths", "demo"), new byte[] {99, 1});
    var partition = new Partition();
    partition.merge(0, "demo", NOON, "/");
    partition.sweepAll();

    assertThat(stored()).containsKey(cell("paths", Grain.MINUTE, "demo", NOON, "/"));
  }

  @Property(tries = 40)
  void whatIsLeftIsThatOfAPlainMap(@ForAll long seed) {
    var random = new Random(seed);
    KeyValueStore<byte[], byte[]> cells = InMemoryStore.open("cells");
    var partition = new Partition(cells);
    var oracle = new Oracle();
    long now = NOON;

    for (int i = 0; i < 1_500; i++) {
      now += random.nextInt(10) == 0 ? random.nextLong(8 * HOUR) : random.nextLong(2 * MINUTE);
      long time = now - (random.nextInt(4) == 0 ? random.nextLong(4 * DAY) : 0);
      int view = random.nextInt(2);
      String site = "site" + random.nextInt(3);
      String path = "/" + random.nextInt(3);
      partition.merge(view, site, time, path);
      oracle.merge(view, site, time, path);
      if (random.nextInt(100) == 0) {
        partition.write();
        var _ = partition.retention.sweep(1 + random.nextInt(30), partition::count);
      }
      if (random.nextInt(300) == 0) {
        partition.write();
        partition = new Partition(cells);
      }
    }
    partition.sweepAll();

    assertThat(stored(cells)).isEqualTo(oracle.kept());
  }

  /** Stage 2 of one partition, without Kafka. */
  private final class Partition {
    private final CellCache cells;
    private final CellRetention retention;
    private int deleted;

    Partition() {
      this(store);
    }

    Partition(KeyValueStore<byte[], byte[]> store) {
      cells = new CellCache(store);
      retention = new CellRetention(store, cells, VIEWS);
    }

    void merge(int view, String site, long time, String path) {
      mergeReceived(view, site, time, path, Long.MAX_VALUE);
    }

    void mergeReceived(int view, String site, long time, String path, long received) {
      MergedView merged = VIEWS.get(view);
      CellKey key = cell(merged.name(), Grain.MINUTE, site, time, path);
      KeptWindows kept = retention.meet(merged, key.toBytes(), key.windowStart(), received);
      for (Grain grain : merged.grains()) {
        if (kept.keeps(grain, key.windowStart())) {
          cells.merge(merged, CellKey.inGrain(key.toBytes(), grain), one());
        }
      }
    }

    void write() {
      retention.writeChanged();
      cells.writeChanged((view, key, cell) -> {});
    }

    /** The first round may begin where a sweep before has ended, the second does not. */
    void sweepAll() {
      for (int round = 0; round < 2; round++) {
        write();
        while (retention.sweep(7, this::count)) {
          write();
        }
      }
    }

    void count(MergedView view, byte[] key) {
      deleted++;
    }
  }

  /** The same by the plainest means: what was merged while it was kept, and still is. */
  private static final class Oracle {
    private final Map<CellKey, Long> cells = new HashMap<>();
    private final Map<String, Long> newest = new HashMap<>();

    void merge(int view, String site, long time, String path) {
      ViewPlan plan = view == 0 ? PATHS : ETERNAL;
      newest.merge(plan.name() + site, Grain.MINUTE.windowStart(time), Math::max);
      for (Grain grain : plan.grains()) {
        CellKey key = cell(plan.name(), grain, site, time, path);
        if (isKept(key)) {
          cells.merge(key, 1L, Long::sum);
        }
      }
    }

    Map<CellKey, Long> kept() {
      cells.keySet().removeIf(key -> !isKept(key));
      return cells;
    }

    private boolean isKept(CellKey key) {
      long last = newest.get(key.view() + key.site());
      return !key.view().equals("paths")
          || switch (key.grain()) {
            case MINUTE -> key.windowStart() >= Grain.HOUR.windowStart(last - 2 * HOUR);
            case HOUR -> key.windowStart() >= Grain.DAY.windowStart(last - 2 * DAY);
            case DAY, ALL -> true;
          };
    }
  }

  private static ViewPlan plan(String name, GrainRetention retention) {
    return new ViewPlan(
        name,
        Source.CLICKS,
        new Filter.Everything(),
        List.of(Field.SITE, Field.PATH),
        EnumSet.of(Grain.MINUTE, Grain.HOUR, Grain.DAY),
        List.of(new Aggregate.Count("events", new Filter.Everything())),
        Optional.empty(),
        retention);
  }

  private static CellKey cell(String view, Grain grain, String site, long time, String path) {
    return new CellKey(view, grain, site, grain.windowStart(time), List.of(path));
  }

  private static Cell one() {
    var cell = new Cell(List.of(LongAccumulator.sum()));
    ((LongAccumulator) cell.accumulators().getFirst()).add(1);
    return cell;
  }

  private Map<CellKey, Long> stored() {
    return stored(store);
  }

  private static Map<CellKey, Long> stored(KeyValueStore<byte[], byte[]> store) {
    var cells = new HashMap<CellKey, Long>();
    try (var entries = store.range(KeptWindows.BEYOND_KEYS, new byte[] {(byte) 0xFF})) {
      entries.forEachRemaining(
          entry -> cells.put(CellKey.parse(entry.key), Cell.parse(entry.value).value(0)));
    }
    return cells;
  }
}
