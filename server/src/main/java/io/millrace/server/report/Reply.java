package io.millrace.server.report;

/** What the query API said, or why it said nothing. */
public sealed interface Reply<T> {

  /** The answer. */
  record Answered<T>(T value) implements Reply<T> {}

  /**
   * No answer.
   *
   * @param reason for a person
   */
  record Unanswered<T>(String reason) implements Reply<T> {}
}
