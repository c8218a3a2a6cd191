package io.millrace.query.answer;

import io.millrace.model.cell.Cell;
import io.millrace.model.cell.CellKey;
import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import io.millrace.views.GroupRow;
import io.millrace.views.ReadColumn;
import io.millrace.views.ViewPlan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The groups of a question with their cells merged over the span. Merged, not added: a visitor of
 * two days is one visitor. Belongs to one thread.
 */
final class GroupTotals {
  private final ViewPlan plan;
  private final String site;
  private final int maxGroups;
  private final Map<List<String>, Cell> totals = new HashMap<>();

  GroupTotals(ViewPlan plan, String site, int maxGroups) {
    this.plan = plan;
    this.site = site;
    this.maxGroups = maxGroups;
  }

  void add(CellKey key, Cell cell) {
    Cell total = totals.get(key.dimensions());
    if (total != null) {
      total.merge(cell);
      return;
    }
    requireRoomFor(totals.size() + 1, maxGroups);
    totals.put(key.dimensions(), cell);
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

  /** Leaves out the groups that are no rows of the view. */
  void keepRows() {
    if (plan.reading().having().isPresent()) {
      totals.entrySet().removeIf(total -> !plan.reading().admits(row(total)));
    }
  }

  private GroupRow row(Map.Entry<List<String>, Cell> total) {
    return new GroupRow(plan, site, total.getKey(), total.getValue());
  }

  int groups() {
    return totals.size();
  }

  /**
   * The first groups of an order.
   *
   * @param isFinal whether the span is over, and with it each of them
   */
  List<AnswerRow> first(int count, RowOrder order, boolean isFinal) {
    var selection = new TopSelection<>(count, order.comparator());
    List<ReadColumn> columns = plan.readColumns();
    totals
        .entrySet()
        .forEach(total -> selection.offer(AnswerRow.of(row(total), columns, 0, isFinal)));
    return selection.inOrder();
  }
}
