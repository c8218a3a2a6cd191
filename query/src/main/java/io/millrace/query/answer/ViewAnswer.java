package io.millrace.query.answer;

import io.millrace.views.Completeness;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a view says to a question.
 *
 * @param watermark every event received before this is in the numbers
 * @param finalUntil the latest end of a window that is final, with a row or without; empty where
 *     none ever is
 * @param isFinal whether live events can no longer change anything here
 * @param coveredFrom the start of the first window that is in the numbers; empty where they reach
 *     back to the beginning
 * @param coveredTo the end of the last window that is in the numbers; empty where there is none
 * @param groups how many groups there are, shown or not
 * @param isTruncated whether limit and offset left rows out
 * @param completeness of the cells that it was read from
 */
public record ViewAnswer(
    ViewQuestion question,
    Instant watermark,
    Optional<Instant> finalUntil,
    boolean isFinal,
    Optional<Instant> coveredFrom,
    Optional<Instant> coveredTo,
    List<AnswerRow> rows,
    long groups,
    boolean isTruncated,
    long cellsScanned,
    Completeness completeness) {

  public ViewAnswer {
    rows = List.copyOf(rows);
  }

  /**
   * The same as an answer that may lack cells: what is known of the watermark and of what is final
   * does not hold for it.
   */
  ViewAnswer lacking(Completeness some) {
    if (some.isComplete()) {
      return this;
    }
    return new ViewAnswer(
        question,
        Instant.EPOCH,
        Optional.empty(),
        false,
        coveredFrom,
        coveredTo,
        rows.stream().map(AnswerRow::notFinal).toList(),
        groups,
        isTruncated,
        cellsScanned,
        some);
  }
}
