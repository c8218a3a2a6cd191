package io.millrace.streams.rollup;

import io.millrace.model.cell.Cell;
import io.millrace.model.cell.Grain;
import io.millrace.views.KeptSince;
import io.millrace.views.ViewPlan;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What stage 2 asks of a view for each partial. Belongs to one thread. */
final class MergedView {
  private final byte[] keyPrefix;
  private final Cell shape;
  private final ViewPlan plan;
  private final Grain finestGrain;
  private final List<Grain> coarserGrains;
  private final boolean expires;
  private final Optional<ViewTopic> topic;

  MergedView(ViewPlan plan) {
    this.plan = plan;
    keyPrefix = (plan.name() + '\0').getBytes(StandardCharsets.UTF_8);
    shape = plan.emptyCell();
    finestGrain = plan.finestGrain();
    coarserGrains = plan.coarserGrains();
    expires = plan.grains().stream().anyMatch(plan.retention().periods()::containsKey);
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

  /** The grain that partials have. */
  Grain finestGrain() {
    return finestGrain;
  }

  /** The grains that are made of the one that partials have. */
  List<Grain> coarserGrains() {
    return coarserGrains;
  }

  Set<Grain> grains() {
    return plan.grains();
  }

  /** Whether the cells of any of its grains are deleted some day. */
  boolean expires() {
    return expires;
  }

  /** What is kept once there is a window that starts at a time. */
  KeptSince keptSince(long newest) {
    return plan.keptSince(newest);
  }

  Optional<ViewTopic> topic() {
    return topic;
  }
}
