package io.millrace.views;

import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Grain;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;

/**
 * Finds the cells of one group without reading those of all others. Keys are in order of time, and
 * within a window in order of groups, so it goes from window to window: to the group, and from the
 * first key behind it to the next window that there is. What it costs depends on the number of
 * windows with cells, however many groups they have.
 *
 * <pre>
 *   │ a b [c] d e f │ a b d │ b [c] f │        the cells of c
 *           1 2         3        4  5          what is read
 * </pre>
 */
public final class GroupScan {
  private GroupScan() {}

  /** Cells in order of the bytes of their keys. */
  public interface OrderedCells {

    /**
     * Hands over keys and cells from one key up to another, until the receiver wants no more.
     *
     * @param receiver whether it wants the next one too
     */
    void read(byte[] from, byte[] to, BiPredicate<byte[], byte[]> receiver);
  }

  /**
   * Hands over the cells of a group whose windows start within a span.
   *
   * @param group values of the first dimensions within the site
   */
  public static void scan(
      OrderedCells cells,
      String view,
      Grain grain,
      String site,
      long from,
      long to,
      List<String> group,
      BiConsumer<byte[], byte[]> receiver) {
    byte[] last = CellKey.rangeBound(view, grain, site, to);
    long window = from;
    while (window < to) {
      byte[] first = CellKey.groupBound(view, grain, site, window, group);
      var next = new long[] {to};
      long current = window;
      cells.read(
          first,
          last,
          (key, cell) -> {
            long found = CellKey.windowStart(key);
            boolean isOfGroup = found == current && startsWith(key, first);
            if (isOfGroup) {
              receiver.accept(key, cell);
            } else {
              next[0] = found > current ? found : grain.windowEnd(found);
            }
            return isOfGroup;
          });
      window = next[0];
    }
  }

  private static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }
}
