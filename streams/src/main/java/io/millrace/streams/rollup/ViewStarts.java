package io.millrace.streams.rollup;

import io.millrace.model.cell.Cell;
import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Grain;
import io.millrace.model.cell.LongAccumulator;
import io.millrace.model.control.ViewGeneration;
import io.millrace.views.CellReader;
import io.millrace.views.ViewWindows;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * From where on a view has what comes of each partition of click-events, as cells beside those of
 * the view: a view of events from an offset, one of sessions from a {@link
 * io.millrace.model.SessionNumber number} of what is sent to the topic of sessions. They come to
 * stage 2 like any partial, so one that is there is of a transaction that was committed.
 */
public final class ViewStarts {
  private ViewStarts() {}

  static byte[] batch(ViewGeneration view, int partition, long place) {
    var start = LongAccumulator.max();
    start.add(place);
    return PartialBatches.single(
        ViewWindows.ALL_TIME,
        new CellKey(view.starts(), Grain.ALL, "", 0, List.of(Integer.toString(partition))),
        new Cell(List.of(start)));
  }

  /**
   * The offsets or numbers by partition, of those partitions where the view has begun.
   *
   * @throws io.millrace.views.CellsUnavailableException while the cells cannot be read
   */
  public static Map<Integer, Long> read(CellReader cells, ViewGeneration view) {
    var starts = new TreeMap<Integer, Long>();
    cells.scan(
        view.starts(),
        Grain.ALL,
        "",
        0,
        1,
        (key, cell) -> starts.put(Integer.parseInt(key.dimensions().getFirst()), cell.value(0)));
    return starts;
  }
}
