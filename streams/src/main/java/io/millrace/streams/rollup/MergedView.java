package io.millrace.streams.rollup;

import io.millrace.model.cell.Cell;
import io.millrace.model.cell.Grain;
import io.millrace.views.KeptSince;
import io.millrace.views.ViewPlan;
import io.millrace.views.ViewWindows;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What stage 2 asks of a view for each partial. Of a view that was defined by a command it knows no
 * plan: the windows come with the partials, and the shape of its cells is that of the first.
 * Belongs to one thread.
 */
final class MergedView {
  private final String name;
  private final byte[] keyPrefix;
  private final ViewWindows windows;
  private final Grain finestGrain;
  private final List<Grain> coarserGrains;
  private final boolean expires;
  private final Optional<BuiltIn> builtIn;

  /** What is known of a view that every process has. */
  private record BuiltIn(ViewPlan plan, Cell shape, Optional<ViewTopic> topic) {}

  MergedView(ViewPlan plan) {
    this(
        plan.name(),
        plan.windows(),
        Optional.of(
            new BuiltIn(plan, plan.emptyCell(), plan.topic().map(name -> new ViewTopic(plan)))));
  }

  /** One that was defined by a command. */
  MergedView(String name, ViewWindows windows) {
    this(name, windows, Optional.empty());
  }

  private MergedView(String name, ViewWindows windows, Optional<BuiltIn> builtIn) {
    this.name = name;
    this.windows = windows;
    this.builtIn = builtIn;
    keyPrefix = (name + '\0').getBytes(StandardCharsets.UTF_8);
    finestGrain = windows.finestGrain();
    coarserGrains = windows.coarserGrains();
    expires = windows.expire();
  }

  /** Whether a cell's key, as bytes, is one of this view. */
  boolean isOf(byte[] key) {
    return key.length > keyPrefix.length
        && Arrays.equals(keyPrefix, 0, keyPrefix.length, key, 0, keyPrefix.length);
  }

  /** Whether a partial has the accumulators that the view has now, as far as that is known. */
  boolean fits(Cell partial) {
    return builtIn.isEmpty() || builtIn.get().shape.hasShapeOf(partial);
  }

  boolean isBuiltIn() {
    return builtIn.isPresent();
  }

  /** A cell to which nothing but a partial was added; the partial stays the caller's. */
  Cell newCell(Cell partial) {
    if (builtIn.isEmpty()) {
      return Cell.parse(partial.toBytes());
    }
    Cell cell = builtIn.get().plan.emptyCell();
    cell.merge(partial);
    return cell;
  }

  /** Whether these are the windows that it has. */
  boolean has(ViewWindows other) {
    return windows.equals(other);
  }

  /** The name that its cells are kept under. */
  String name() {
    return name;
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
    return windows.grains();
  }

  /** Whether the cells of any of its grains are deleted some day. */
  boolean expires() {
    return expires;
  }

  /** What is kept once there is a window that starts at a time. */
  KeptSince keptSince(long newest) {
    return windows.keptSince(newest);
  }

  Optional<ViewTopic> topic() {
    return builtIn.flatMap(BuiltIn::topic);
  }
}
