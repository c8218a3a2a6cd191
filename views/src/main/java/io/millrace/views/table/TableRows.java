package io.millrace.views.table;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table by primary key, within limits. One thread changes them; any may look up and
 * go through them meanwhile.
 */
final class TableRows {
  /** Of a row and its entry in the map. */
  private static final long ROW_BYTES = 96;

  /** Of a number and the place in the row that refers to it. */
  private static final long VALUE_BYTES = 32;

  private static final long TEXT_BYTES = 56;

  private final TableLimits limits;
  private final Map<Object, @Nullable Object[]> rows = new ConcurrentHashMap<>();

  /** Of the thread that changes them, which tells the others. */
  private long held;

  private volatile long bytes;
  private volatile boolean isTooBig;

  TableRows(TableLimits limits) {
    this.limits = limits;
  }

  @Nullable Object @Nullable [] get(Object key) {
    return rows.get(key);
  }

  Iterable<@Nullable Object[]> all() {
    return rows.values();
  }

  int size() {
    return rows.size();
  }

  long bytes() {
    return bytes;
  }

  /** Whether rows were left out. */
  boolean isTooBig() {
    return isTooBig;
  }

  void remove(Object key) {
    @Nullable Object[] former = rows.remove(key);
    if (former != null) {
      take(-bytesOf(former));
    }
  }

  /** Takes a row in place of the former; where there is no room for it, there is neither. */
  void put(Object key, @Nullable Object[] row) {
    @Nullable Object[] former = rows.get(key);
    long others = former == null ? held : held - bytesOf(former);
    int othersSize = former == null ? rows.size() : rows.size() - 1;
    long mine = bytesOf(row);
    if (othersSize >= limits.rows() || others + mine > limits.bytes()) {
      isTooBig = true;
      remove(key);
      return;
    }
    rows.put(key, row);
    take(others + mine - held);
  }

  private void take(long more) {
    held += more;
    bytes = held;
  }

  private static long bytesOf(@Nullable Object[] row) {
    long sum = ROW_BYTES;
    for (Object value : row) {
      sum += value instanceof String text ? TEXT_BYTES + 2L * text.length() : VALUE_BYTES;
    }
    return sum;
  }
}
