package io.millrace.views;

import io.millrace.model.cell.Cell;
import io.millrace.model.codec.ByteWriter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The cells that clicks have contributed to since the table was last emptied, with their
 * contributions. Belongs to one thread.
 *
 * <p>Looked up once per click, view and grain, so the key is looked up where it was written and
 * copied only for a new cell.
 */
public final class PartialTable {
  private final Map<Key, Cell> cells = new HashMap<>();
  private final Key probe = new Key();

  /** The cell of a key, made when there is none yet. */
  Cell cell(ByteWriter key, int windowPosition, Supplier<Cell> empty) {
    probe.set(key.buffer(), key.length(), windowPosition);
    Cell cell = cells.get(probe);
    if (cell == null) {
      cell = empty.get();
      cells.put(probe.copy(), cell);
    }
    return cell;
  }

  public int size() {
    return cells.size();
  }

  public boolean isEmpty() {
    return cells.isEmpty();
  }

  public void forEach(Receiver receiver) {
    cells.forEach((key, cell) -> receiver.accept(key.bytes, key.groupHash(), cell));
  }

  public void clear() {
    cells.clear();
  }

  /** Takes one cell of the table. */
  @FunctionalInterface
  public interface Receiver {

    /**
     * Takes a cell.
     *
     * @param key a {@link io.millrace.model.cell.CellKey} as bytes
     * @param groupHash equal for all windows of a group, so that its series can be kept in one
     *     place
     */
    void accept(byte[] key, int groupHash, Cell partial);
  }

  /** The bytes of a key, of which the eight from windowPosition on tell the window. */
  private static final class Key {
    private byte[] bytes = {};
    private int length;
    private int windowPosition;
    private int hash;

    void set(byte[] source, int sourceLength, int position) {
      bytes = source;
      length = sourceLength;
      windowPosition = position;
      hash = hash(0, length);
    }

    Key copy() {
      var copy = new Key();
      copy.bytes = Arrays.copyOf(bytes, length);
      copy.length = length;
      copy.windowPosition = windowPosition;
      copy.hash = hash;
      return copy;
    }

    int groupHash() {
      int group = hash(0, windowPosition) * 31 + hash(windowPosition + Long.BYTES, length);
      return group ^ (group >>> 16);
    }

    private int hash(int from, int to) {
      int result = 1;
      for (int i = from; i < to; i++) {
        result = 31 * result + bytes[i];
      }
      return result;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key same
          && hash == same.hash
          && Arrays.equals(bytes, 0, length, same.bytes, 0, same.length);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }
}
