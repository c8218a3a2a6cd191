package io.millrace.query.answer;

import io.millrace.model.cell.Cell;
import java.util.List;
import java.util.OptionalLong;

/**
 * One group, or one window of one group.
 *
 * @param windowStart in milliseconds since 1970; without meaning for a total
 * @param values of the view's aggregates, in the view's order
 * @param isFinal whether live events can no longer change it
 */
public record AnswerRow(
    List<String> dimensions, long windowStart, List<OptionalLong> values, boolean isFinal) {

  static AnswerRow of(List<String> dimensions, long windowStart, Cell cell, boolean isFinal) {
    return new AnswerRow(
        dimensions,
        windowStart,
        cell.accumulators().stream().map(AggregateKind::valueOf).toList(),
        isFinal);
  }
}
