package io.millrace.views;

import io.millrace.model.cell.Cell;
import java.util.List;

/**
 * A row of a view: a group with all that was merged for it.
 *
 * @param site empty for a view that is not kept per site
 * @param dimensions values of the view's dimensions but the site, in the view's order
 */
public record GroupRow(ViewPlan plan, String site, List<String> dimensions, Cell cell) {

  /** What an aggregate of the view says. */
  public AggregateValue value(int aggregate) {
    return plan.aggregates().get(aggregate).value(cell.accumulator(aggregate));
  }
}
