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
import io.millrace.views.ViewPlan;
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

class CellCacheTest {
  private static final MergedView VIEW =
      new MergedView(
          new ViewPlan(
              "paths",
              new Filter.Everything(),
              List.of(Field.PATH),
              EnumSet.of(Grain.DAY),
              List.of(new Aggregate.Count("events", new Filter.Everything())),
              Optional.empty()));

  @Property(tries = 50)
  void cellsAreThoseOfAPlainMap(@ForAll long seed) {
    var random = new Random(seed);
    var oracle = new HashMap<String, Long>();
    KeyValueStore<byte[], byte[]> store = InMemoryStore.open("cells");
    var cache = new CellCache(store);

    for (int i = 0; i < 2_000; i++) {
      // Texts so long that not all cells are kept as objects.
      String path = "/" + random.nextInt(400) + "x".repeat(50_000 * random.nextInt(2));
      long number = random.nextLong(-2, 3);
      cache.merge(VIEW, key(path), count(number));
      oracle.merge(path, number, Long::sum);
      if (random.nextInt(50) == 0) {
        cache.writeChanged((view, key, cell) -> {});
      }
      if (random.nextInt(500) == 0) {
        cache.writeChanged((view, key, cell) -> {});
        cache = new CellCache(store);
      }
    }

    var last = new HashMap<String, Long>();
    cache.writeChanged((view, key, cell) -> last.put(path(key), cell.value(0)));
    assertThat(oracle).containsAllEntriesOf(last);
    oracle.values().removeIf(count -> count == 0);
    assertThat(stored(store)).isEqualTo(oracle);
    assertThat(cache.changed()).isZero();
  }

  @Test
  void aStoredCellThatDoesNotFitTheViewBeginsAnewInsteadOfStoppingAllOthers() {
    KeyValueStore<byte[], byte[]> store = InMemoryStore.open("cells");
    store.put(key("/other"), new Cell(List.of(LongAccumulator.max())).toBytes());
    store.put(key("/broken"), new byte[] {1, 99});
    var cache = new CellCache(store);

    cache.merge(VIEW, key("/other"), count(2));
    cache.merge(VIEW, key("/broken"), count(3));
    cache.writeChanged((view, key, cell) -> {});

    assertThat(stored(store)).isEqualTo(Map.of("/other", 2L, "/broken", 3L));
  }

  private static Cell count(long number) {
    var cell = new Cell(List.of(LongAccumulator.sum()));
    ((LongAccumulator) cell.accumulators().getFirst()).add(number);
    return cell;
  }

  private static byte[] key(String path) {
    return new CellKey("paths", Grain.DAY, "", 0, List.of(path)).toBytes();
  }

  private static String path(byte[] key) {
    return CellKey.parse(key).dimensions().getFirst();
  }

  private static Map<String, Long> stored(KeyValueStore<byte[], byte[]> store) {
    var cells = new HashMap<String, Long>();
    try (var entries = store.all()) {
      entries.forEachRemaining(
          entry -> cells.put(path(entry.key), Cell.parse(entry.value).value(0)));
    }
    return cells;
  }
}
