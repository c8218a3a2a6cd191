package io.millrace.query.answer;

import java.time.Instant;
import java.util.List;

/**
 * What a view says to a question.
 *
 * @param watermark every event received before this is in the numbers
 * @param isFinal whether live events can no longer change anything here
 * @param groups how many groups there are, shown or not
 * @param isTruncated whether limit and offset left rows out
 */
public record ViewAnswer(
    ViewQuestion question,
    Instant watermark,
    boolean isFinal,
    List<AnswerRow> rows,
    long groups,
    boolean isTruncated,
    long cellsScanned) {

  public ViewAnswer {
    rows = List.copyOf(rows);
  }
}
