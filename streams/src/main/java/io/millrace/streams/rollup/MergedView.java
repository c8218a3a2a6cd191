package io.millrace.streams.rollup;

import io.millrace.model.cell.Cell;
import io.millrace.model.cell.Grain;
import io.millrace.views.ViewPlan;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What stage 2 asks of a view for each partial. Belongs to one thread. */
final class MergedView {
  private final byte[] keyPrefix;
  private final Cell shape;
  private final ViewPlan plan;
  private final List<Grain> coarserGrains;
  private final Optional<ViewTopic> topic;

  MergedView(ViewPlan plan) {
    this.plan = plan;
    keyPrefix = (plan.name() + '\0').getBytes(StandardCharsets.UTF_8);
    shape = plan.emptyCell();
    coarserGrains = plan.coarserGrains();
    topic = plan.topic().map(name -> new ViewTopic(plan));
  }

  /** Whether a cell's key, as bytes, is one of this view. */
  boolean isOf(byte[] key) {
    return key.length > keyPrefix.length
        && Arrays.equals(keyPrefix, 0, keyPrefix.length, key, 0, keyPrefix.length);
  }

  /** Whether a cell has the accumulators that the view has now. */
  boolean fits(Cell cell) {
    return shape.hasShapeOf(cell);
  }

  Cell emptyCell() {
    return plan.emptyCell();
  }

  String name() {
    return plan.name();
  }

  /** The grains that are made of the one that partials have. */
  List<Grain> coarserGrains() {
    return coarserGrains;
  }

  Optional<ViewTopic> topic() {
    return topic;
  }
}
