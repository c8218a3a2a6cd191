package io.millrace.server.drill.load;

/** What came of a request. */
enum Response {
  /** 2xx: every event is in the log. */
  ACKNOWLEDGED,
  /**
   * 503 with the time to try again: the collector says that it cannot. Some may be in the log all
   * the same.
   */
  UNAVAILABLE,
  /** Anything else that is an answer, which no drill expects. */
  UNEXPECTED,
  /** None: refused or broken off. */
  NONE,
  /** None for as long as the client waits. */
  TOO_LATE
}
