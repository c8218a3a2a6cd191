package io.millrace.streams.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.cell.Cell;
import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Grain;
import io.millrace.model.cell.LongAccumulator;
import io.millrace.model.control.ControlCommand;
import io.millrace.model.control.ViewDefinitions;
import io.millrace.model.control.ViewGeneration;
import io.millrace.model.control.ViewStart;
import io.millrace.streams.InMemoryStore;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class GoneCellsTest {
  private final KeyValueStore<byte[], byte[]> store = InMemoryStore.open("cells");
  private final ViewDefinitions definitions = new ViewDefinitions();
  private final GoneCells gone = new GoneCells(store, new CellCache(store), definitions);

  @Test
  void whatIsGoneIsDeletedInBoundedStepsAndNothingElse() {
    // Given
    addCells("aaa", 3);
    addCells("pages", 3);
    addCells("pages@1", 25);
    addCells("pages@1/starts", 2);
    addCells("pages@12", 4);
    addCells("pages@2", 5);
    addCells("zzz@3", 6);
    define(1);
    define(2);

    // When
    int sweeps = sweepAll(10);

    // Then
    assertThat(cellsByName())
        .isEqualTo(Map.of("aaa", 3, "pages", 3, "pages@12", 4, "pages@2", 5, "zzz@3", 6));
    // 27 cells and a mark.
    assertThat(sweeps).isEqualTo(3);
    assertThat(store.get(KeptWindows.key("pages@1", "demo"))).isNull();
    assertThat(store.get(KeptWindows.key("pages@2", "demo"))).isNotNull();
  }

  @Test
  void whatGoesLaterIsFoundFromTheBeginning() {
    // Given
    addCells("pages@1", 5);
    addCells("pages@2", 5);
    define(1);
    define(2);
    sweepAll(100);

    // When
    definitions.apply(new ControlCommand.DropView("pages"));
    gone.restart();
    sweepAll(2);

    // Then
    assertThat(cellsByName()).isEmpty();
  }

  private int sweepAll(int most) {
    int sweeps = 1;
    long before = store.approximateNumEntries();
    while (gone.sweep(most)) {
      long after = store.approximateNumEntries();
      assertThat(before - after).isBetween(1L, (long) most);
      before = after;
      sweeps++;
    }
    return sweeps;
  }

  private void define(long generation) {
    definitions.apply(
        new ControlCommand.DefineView(
            new ViewGeneration("pages", generation), "any", ViewStart.EARLIEST));
  }

  private void addCells(String name, int count) {
    var cell = new Cell(List.of(LongAccumulator.max()));
    for (int i = 0; i < count; i++) {
      store.put(
          new CellKey(name, Grain.DAY, "demo", i % 3, List.of("/" + i)).toBytes(), cell.toBytes());
    }
    store.put(KeptWindows.key(name, "demo"), new byte[0]);
  }

  private Map<String, Integer> cellsByName() {
    var found = new TreeMap<String, Integer>();
    try (var entries = store.range(KeptWindows.BEYOND_KEYS, new byte[] {(byte) 0xFF})) {
      entries.forEachRemaining(
          entry -> found.merge(CellKey.parse(entry.key).view(), 1, Integer::sum));
    }
    return found;
  }
}
