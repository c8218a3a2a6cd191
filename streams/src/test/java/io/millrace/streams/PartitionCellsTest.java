package io.millrace.streams;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.cell.Grain;
import io.millrace.views.CellsUnavailableException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class PartitionCellsTest {
  private final AtomicBoolean isHere = new AtomicBoolean(true);
  private final PartitionCells cells = new PartitionCells(InMemoryStore.open("cells"), isHere::get);

  @Test
  void areReadOnlyWhileTheirTaskWorks() {
    cells.scan("pages", Grain.DAY, "shop", 0, 1, (key, cell) -> {});
    cells.keptSince("pages", "shop");
    isHere.set(false);

    assertThatThrownBy(() -> cells.scan("pages", Grain.DAY, "shop", 0, 1, (key, cell) -> {}))
        .isInstanceOf(CellsUnavailableException.class);
    assertThatThrownBy(
            () ->
                cells.scanGroup("pages", Grain.DAY, "shop", 0, 1, List.of("/"), (key, cell) -> {}))
        .isInstanceOf(CellsUnavailableException.class);
    assertThatThrownBy(() -> cells.keptSince("pages", "shop"))
        .isInstanceOf(CellsUnavailableException.class);
  }
}
