package io.millrace.streams.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.Outcome;
import io.millrace.model.SourceOffset;
import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Grain;
import io.millrace.model.control.ViewGeneration;
import io.millrace.streams.Clicks;
import io.millrace.streams.judge.LaneClick;
import io.millrace.streams.rollup.PartialBatches;
import io.millrace.views.Aggregate;
import io.millrace.views.Field;
import io.millrace.views.Filter;
import io.millrace.views.JudgedClick;
import io.millrace.views.KeptView;
import io.millrace.views.ViewPlan;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PastPartialsTest {
  private static final KeptView PARTITIONS =
      KeptView.of(
          new ViewGeneration("partitions", 1),
          new ViewPlan(
              "partitions",
              new Filter.Everything(),
              List.of(Field.PARTITION),
              EnumSet.of(Grain.ALL),
              List.of(new Aggregate.Count("events", new Filter.Everything())),
              Optional.empty()));

  @Test
  void theEventsFromBeforeTheViewBeganAndNoOthers() {
    // Given
    var past = new PastPartials(PARTITIONS, Map.of(0, 100L, 1, 0L, 2, 5L), 3);

    // When
    for (long offset = 90; offset < 110; offset++) {
      past.add(click(0, offset, true));
    }
    past.add(click(1, 0, true));
    past.add(click(2, 4, true));
    past.add(click(2, 5, true));

    // Then
    assertThat(drained(past)).isEqualTo(Map.of("0", 10L, "2", 1L));
    assertThat(drained(past)).isEmpty();
  }

  @Test
  void clicksThatDoNotSayWhereTheyStoodAreOfThePast() {
    // Given
    var past = new PastPartials(PARTITIONS, Map.of(0, 0L), 3);

    // When
    past.add(click(0, 7, false));

    // Then
    assertThat(drained(past)).isEqualTo(Map.of("0", 1L));
  }

  @Test
  void nothingIsGuessedOfAPartitionInWhichTheViewHasNotBegun() {
    var past = new PastPartials(PARTITIONS, Map.of(0, 100L), 3);
    assertThatThrownBy(() -> past.add(click(1, 0, true))).hasMessageContaining("partition 1");
  }

  private static Map<String, Long> drained(PastPartials past) {
    var counts = new HashMap<String, Long>();
    past.drain(
        (partition, batch) ->
            PartialBatches.unpack(
                batch,
                (key, cell) ->
                    counts.merge(
                        CellKey.parse(key).dimensions().getFirst(), cell.value(0), Long::sum)));
    return counts;
  }

  private static LaneClick click(int partition, long offset, boolean saysWhere) {
    var judged =
        JudgedClick.rejected(
            Outcome.LATE,
            "any",
            Clicks.click("id-" + offset, "v", "/"),
            partition,
            offset,
            Clicks.NOW);
    return new LaneClick(
        judged, saysWhere ? Optional.of(new SourceOffset(partition, offset)) : Optional.empty());
  }
}
