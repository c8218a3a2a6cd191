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
 * @param groups how many groups there are, shown or not
 * @param isTruncated whether limit and offset left rows out
 */
public record ViewAnswer(
    ViewQuestion question,
    Instant watermark,
    Optional<Instant> finalUntil,
    boolean isFinal,
    List<AnswerRow> rows,
    long groups,
    boolean isTruncated,
    long cellsScanned) {

  public ViewAnswer {
    rows = List.copyOf(rows);
  }
}
