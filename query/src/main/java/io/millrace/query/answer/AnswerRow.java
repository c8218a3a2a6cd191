package io.millrace.query.answer;

import io.millrace.views.AggregateValue;
import io.millrace.views.GroupRow;
import io.millrace.views.ReadColumn;
import java.util.ArrayList;
import java.util.List;

/**
 * One group, or one window of one group.
 *
 * @param windowStart in milliseconds since 1970; without meaning for a total
 * @param values of the view's columns after the groups, in the view's order
 * @param isFinal whether live events can no longer change it
 */
public record AnswerRow(
    List<String> dimensions, long windowStart, List<AggregateValue> values, boolean isFinal) {

  /** The same with no word of what cannot change any more. */
  AnswerRow notFinal() {
    return isFinal ? new AnswerRow(dimensions, windowStart, values, false) : this;
  }

  static AnswerRow of(GroupRow group, List<ReadColumn> columns, long windowStart, boolean isFinal) {
    List<AggregateValue> values = new ArrayList<>(columns.size());
    for (ReadColumn column : columns) {
      values.add(column.value(group));
    }
    return new AnswerRow(group.dimensions(), windowStart, values, isFinal);
  }
}
