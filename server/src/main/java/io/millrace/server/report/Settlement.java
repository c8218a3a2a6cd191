package io.millrace.server.report;

/** How waiting for the books ended. */
public sealed interface Settlement {

  /** Every accepted event has its outcome, and the books balance. */
  record Settled(Audit audit) implements Settlement {}

  /** Time ran out first. */
  record Unsettled(Audit audit) implements Settlement {}

  /** Nobody could be asked. */
  record Unknown(String reason) implements Settlement {}
}
