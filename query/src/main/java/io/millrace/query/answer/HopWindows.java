package io.millrace.query.answer;

import io.millrace.model.cell.Cell;
import io.millrace.model.cell.CellKey;
import io.millrace.views.Hop;
import io.millrace.views.ViewPlan;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Makes windows that overlap of the cells of the grain that they hop by. Each cell is merged into
 * all windows that have it: merged, not added, so a visitor of two minutes is one visitor of the
 * window. Belongs to one thread.
 */
public final class HopWindows {
  private final ViewPlan plan;
  private final Hop hop;
  private final long from;
  private final long to;
  private final Runnable merging;
  private final Map<CellKey, Cell> windows = new HashMap<>();

  /**
   * The windows that are whole within a range of cells.
   *
   * @param cells of the grain that they hop by
   * @param merging is told each time that a cell is merged into a window, and may throw
   */
  public HopWindows(ViewPlan plan, Hop hop, CellRange cells, Runnable merging) {
    this.plan = plan;
    this.hop = hop;
    from = cells.from();
    to = cells.to() == TimeSpan.OPEN_TO ? cells.to() : cells.to() - hop.overlap();
    this.merging = merging;
  }

  /** The cells of the windows that start within a range. */
  public static CellRange cells(Hop hop, CellRange starts) {
    return starts.to() == TimeSpan.OPEN_TO
        ? starts
        : new CellRange(starts.grain(), starts.from(), starts.to() + hop.overlap());
  }

  /** Merges a cell of the grain that the windows hop by. */
  public void add(CellKey key, Cell cell) {
    long slide = hop.slide().length().toMillis();
    long last = key.windowStart();
    for (long start = last - hop.overlap(); start <= last; start += slide) {
      if (start >= from && start < to) {
        merging.run();
        windows
            .computeIfAbsent(
                new CellKey(key.view(), key.grain(), key.site(), start, key.dimensions()),
                window -> plan.emptyCell())
            .merge(cell);
      }
    }
  }

  /** How many windows of groups there are. */
  public int size() {
    return windows.size();
  }

  /** Each window of each group: the key's start is that of the window. */
  public void forEach(BiConsumer<CellKey, Cell> receiver) {
    windows.forEach(receiver);
  }
}
