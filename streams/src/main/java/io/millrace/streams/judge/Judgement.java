package io.millrace.streams.judge;

import io.millrace.model.Outcome;

/** What is decided of a decoded event. */
public sealed interface Judgement {

  /** It counts. */
  record Counts() implements Judgement {}

  /**
   * It does not.
   *
   * @param outcome any but {@link Outcome#COUNTED}
   * @param reason a short phrase from a small set, since it becomes a dimension of a view
   */
  record DoesNot(Outcome outcome, String reason) implements Judgement {}
}
