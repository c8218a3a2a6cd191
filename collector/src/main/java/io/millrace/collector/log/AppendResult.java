package io.millrace.collector.log;

/** What became of writing the events of one request. */
public sealed interface AppendResult {
  /** All of them are in the log, as safely as the topic keeps anything. */
  record Acknowledged() implements AppendResult {}

  /**
   * At least one of them is not known to be in the log. Any of them may be, or may still come to be
   * there; sending the same ids again is safe, because the stream counts each id once.
   */
  record Unavailable(Cause cause) implements AppendResult {}

  /** Why a log is not available. */
  enum Cause {
    /** More is waiting to be written than there is memory for. */
    FULL,
    /** No acknowledgement came in time. */
    LATE,
    /** The log said no. */
    FAILED
  }
}
