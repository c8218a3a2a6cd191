package io.millrace.streams.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.Outcome;
import io.millrace.model.cell.Cell;
import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Grain;
import io.millrace.model.codec.MalformedBytesException;
import io.millrace.model.control.ViewGeneration;
import io.millrace.streams.Clicks;
import io.millrace.views.Aggregate;
import io.millrace.views.BuiltInViews;
import io.millrace.views.Field;
import io.millrace.views.Filter;
import io.millrace.views.GrainRetention;
import io.millrace.views.JudgedClick;
import io.millrace.views.KeptView;
import io.millrace.views.PartialTable;
import io.millrace.views.Rollup;
import io.millrace.views.Source;
import io.millrace.views.ViewPlan;
import io.millrace.views.ViewWindows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PartialBatchesTest {
  private static final ViewPlan IDS =
      new ViewPlan(
          "ids",
          Source.CLICKS,
          new Filter.Everything(),
          List.of(Field.URL),
          EnumSet.of(Grain.MINUTE, Grain.DAY),
          List.of(new Aggregate.Count("events", new Filter.Everything())),
          Optional.empty(),
          GrainRetention.FOR_EVER.with(Grain.MINUTE, Duration.ofHours(2)));
  private static final KeptView DEFINED = KeptView.of(new ViewGeneration("ids", 3), IDS);

  @Test
  void everyBatchSaysWhatMustBeKnownOfADefinedViewBeforeItsFirstCell() {
    // Given
    var table = new PartialTable(BuiltInViews.all());
    table.add(DEFINED);
    table.add(KeptView.of(new ViewGeneration("ids", 4), IDS));
    var rollup = new Rollup(table);
    for (int i = 0; i < 4_000; i++) {
      rollup.add(click(i, "/" + "x".repeat(200) + i));
    }

    // When
    var batches = new ArrayList<byte[]>();
    new PartialBatches(2).pack(table, (partition, batch) -> batches.add(batch));

    // Then
    assertThat(batches).hasSizeGreaterThan(2);
    var count = new HashMap<String, Integer>();
    for (byte[] batch : batches) {
      count(batch).forEach((view, cells) -> count.merge(view, cells, Integer::sum));
    }
    assertThat(count).containsEntry("ids@3", 4_000).containsEntry("ids@4", 4_000);
    assertThat(count).containsEntry("books", 2).doesNotContainKey("ids");
  }

  /** The cells of each view; those of a defined one have been introduced in the same batch. */
  private static Map<String, Integer> count(byte[] batch) {
    var cells = new HashMap<String, Integer>();
    var introduced = new HashMap<String, ViewWindows>();
    PartialBatches.unpack(
        batch,
        new PartialBatches.Receiver() {
          @Override
          public void windows(String name, ViewWindows windows) {
            introduced.put(name, windows);
          }

          @Override
          public void partial(byte[] key, Cell cell) {
            String view = CellKey.parse(key).view();
            if (view.contains("@")) {
              assertThat(introduced).containsEntry(view, IDS.windows());
            }
            cells.merge(view, 1, Integer::sum);
          }
        });
    return cells;
  }

  @Test
  void aViewThatIsForgottenSendsNothingMore() {
    // Given
    var table = new PartialTable();
    table.add(DEFINED);
    new Rollup(table).add(click(1, "/"));
    assertThat(table.size()).isEqualTo(1);

    // When
    table.remove(DEFINED.cells());

    // Then
    assertThat(table.isEmpty()).isTrue();
    new PartialBatches(1)
        .pack(
            table,
            (partition, batch) -> {
              throw new AssertionError("a batch of nothing");
            });
  }

  @Test
  void bytesThatAreNoBatchAreRefused() {
    for (byte[] bytes : new byte[][] {{1}, {4}, {3, 0, 2, 'a', 0, 0}, {3, 0, 2, 'a', 2, 2, 9, 2}}) {
      assertThatThrownBy(() -> PartialBatches.unpack(bytes, (key, cell) -> {}))
          .isInstanceOf(MalformedBytesException.class);
    }
  }

  private static JudgedClick click(int number, String path) {
    return JudgedClick.rejected(
        Outcome.LATE, "any", Clicks.click("id-" + number, "v", path), 0, number, Clicks.NOW);
  }
}
