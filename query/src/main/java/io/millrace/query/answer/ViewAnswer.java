package io.millrace.query.answer;

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
    long cellsScanned) {

  public ViewAnswer {
    rows = List.copyOf(rows);
  }
}
