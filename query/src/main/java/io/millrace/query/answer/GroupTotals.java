package io.millrace.query.answer;

import io.millrace.model.cell.Cell;
import io.millrace.model.cell.CellKey;
import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The groups of a question with their cells merged over the span. Merged, not added: a visitor of
 * two days is one visitor. Belongs to one thread.
 */
final class GroupTotals {
  private final int maxGroups;
  private final Map<List<String>, Total> totals = new HashMap<>();

  GroupTotals(int maxGroups) {
    this.maxGroups = maxGroups;
  }

  void add(CellKey key, Cell cell) {
    long windowEnd = key.grain().windowEnd(key.windowStart());
    Total total = totals.get(key.dimensions());
    if (total != null) {
      total.merge(cell, windowEnd);
      return;
    }
    requireRoomFor(totals.size() + 1, maxGroups);
    totals.put(key.dimensions(), new Total(cell, windowEnd));
  }

  static void requireRoomFor(int groups, int maxGroups) {
    if (groups > maxGroups) {
      throw new QueryException(
          QueryErrorCode.QUERY_TOO_LARGE,
          "the query meets more than "
              + maxGroups
              + " groups; ask for a shorter span or filter by a dimension");
    }
  }

  int groups() {
    return totals.size();
  }

  /** The first groups of an order. */
  List<AnswerRow> first(int count, RowOrder order, FixedProgress progress) {
    var selection = new TopSelection<>(count, order.comparator());
    totals.forEach(
        (dimensions, total) ->
            selection.offer(
                AnswerRow.of(dimensions, 0, total.cell, progress.isFinal(total.lastWindowEnd))));
    return selection.inOrder();
  }

  /** What one group adds up to. */
  private static final class Total {
    private final Cell cell;
    private long lastWindowEnd;

    Total(Cell cell, long windowEnd) {
      this.cell = cell;
      this.lastWindowEnd = windowEnd;
    }

    void merge(Cell other, long windowEnd) {
      cell.merge(other);
      lastWindowEnd = Math.max(lastWindowEnd, windowEnd);
    }
  }
}
