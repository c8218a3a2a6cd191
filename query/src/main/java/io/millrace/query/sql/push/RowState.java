package io.millrace.query.sql.push;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rows of a query at its latest look, and since when they have been as they are. Each look that
 * finds something else is a version. For one thread.
 *
 * <p>So it can tell anyone who has seen a version what is different now, in one step, however many
 * versions lie between. Rows that are gone are remembered for that, up to a bound; whoever has not
 * looked since before the first of them has to be told everything.
 */
final class RowState {
  private final Optional<Set<Integer>> keyColumns;
  private final int mostGone;
  private final Deque<Gone> gone = new ArrayDeque<>();
  private Map<RowKey, Present> present = new LinkedHashMap<>();
  private long version;

  /** What was before it has been forgotten. */
  private long oldest;

  private record Present(List<Object> row, long added, long changed) {}

  private record Gone(List<Object> row, long added, long removed) {}

  /**
   * One without rows, of version 0.
   *
   * @param keyColumns which columns tell rows apart; empty where none do, so that the whole row
   *     does
   * @param mostGone rows to remember that are gone
   */
  RowState(Optional<Set<Integer>> keyColumns, int mostGone) {
    this.keyColumns = keyColumns;
    this.mostGone = mostGone;
  }

  long version() {
    return version;
  }

  /** All rows, in the order of the latest look. */
  List<List<Object>> rows() {
    return present.values().stream().map(Present::row).toList();
  }

  /** Takes what the query says now; whether that is something else. */
  boolean update(List<List<Object>> rows) {
    long next = version + 1;
    var now = new LinkedHashMap<RowKey, Present>();
    var copies = new HashMap<List<Object>, Integer>();
    boolean isChanged = false;
    for (List<Object> row : rows) {
      List<Object> values = keyOf(row);
      var key = new RowKey(values, copies.merge(values, 1, Integer::sum) - 1);
      Present before = present.get(key);
      boolean isSame = before != null && before.row.equals(row);
      isChanged |= !isSame;
      now.put(key, isSame ? before : new Present(row, before == null ? next : before.added, next));
    }
    for (Map.Entry<RowKey, Present> before : present.entrySet()) {
      if (!now.containsKey(before.getKey())) {
        isChanged = true;
        gone.addLast(new Gone(before.getValue().row, before.getValue().added, next));
      }
    }
    present = now;
    if (isChanged) {
      version = next;
    }
    forget();
    return isChanged;
  }

  private List<Object> keyOf(List<Object> row) {
    return keyColumns.isEmpty() ? row : keyOf(row, keyColumns.get());
  }

  static List<Object> keyOf(List<Object> row, Set<Integer> columns) {
    var key = new ArrayList<Object>();
    for (int i = 0; i < row.size(); i++) {
      if (columns.contains(i)) {
        key.add(row.get(i));
      }
    }
    return key;
  }

  private void forget() {
    while (gone.size() > mostGone) {
      oldest = gone.removeFirst().removed;
    }
  }

  /** What is different from a version; empty where that is not known any longer, or never was. */
  Optional<PushEvent.Rows> since(long seen) {
    if (seen > version || seen < oldest) {
      return Optional.empty();
    }
    return Optional.of(
        new PushEvent.Rows(
            present.values().stream().filter(row -> row.changed > seen).map(Present::row).toList(),
            gone.stream()
                .filter(row -> row.added <= seen && seen < row.removed)
                .map(Gone::row)
                .toList()));
  }
}
