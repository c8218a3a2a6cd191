package io.millrace.query.answer;

import io.millrace.model.cell.Cell;
import io.millrace.views.Aggregate;
import io.millrace.views.AggregateValue;
import io.millrace.views.ViewPlan;
import java.util.ArrayList;
import java.util.List;

/**
 * One group, or one window of one group.
 *
 * @param windowStart in milliseconds since 1970; without meaning for a total
 * @param values of the view's aggregates, in the view's order
 * @param isFinal whether live events can no longer change it
 */
public record AnswerRow(
    List<String> dimensions, long windowStart, List<AggregateValue> values, boolean isFinal) {

  static AnswerRow of(
      ViewPlan plan, List<String> dimensions, long windowStart, Cell cell, boolean isFinal) {
    var values = new ArrayList<AggregateValue>(plan.aggregates().size());
    for (int i = 0; i < plan.aggregates().size(); i++) {
      Aggregate aggregate = plan.aggregates().get(i);
      values.add(aggregate.value(cell.accumulator(i)));
    }
    return new AnswerRow(dimensions, windowStart, values, isFinal);
  }
}
