package io.millrace.bench.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.cell.Cell;
import io.millrace.model.cell.CellKey;
import io.millrace.views.PartialTable;
import io.millrace.views.Rollup;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CombinerProgramTest {

  @Test
  void aClickOnAPageIsCountedForItsUrl() {
    // Given
    var table = new PartialTable(BenchViews.first(1));
    var rollup = new Rollup(table);

    // When
    List.of("https://shop.example/a", "https://shop.example/b", "https://shop.example/a")
        .forEach(url -> rollup.add(CombinerProgram.clickOn(url)));

    // Then
    Map<String, Long> counts = new HashMap<>();
    table.forEach((view, key, group, cell) -> counts.put(url(key.toBytes()), clicks(cell)));
    assertThat(counts)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("https://shop.example/a", 2L, "https://shop.example/b", 1L));
  }

  private static String url(byte[] key) {
    return CellKey.parse(key).dimensions().getFirst();
  }

  private static long clicks(Cell cell) {
    return cell.value(0);
  }
}
