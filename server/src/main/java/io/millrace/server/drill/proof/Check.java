package io.millrace.server.drill.proof;

import java.util.function.BiFunction;

/** One thing that must hold whatever has failed. Pure. */
public enum Check {
  /** Every event that was acknowledged is in the log, as it was sent. */
  LEDGER("ledger against log", LedgerCheck::examine),
  /** Every record of the log has exactly one outcome, and the one that it must have. */
  OUTCOMES("log against outcomes", OutcomesCheck::examine),
  /** Every visitor and every page has the events that are its own: number and sum of ids. */
  KEYS("visitors and pages", KeysCheck::examine),
  /** The books of every partition balance. */
  BOOKS("books", BooksCheck::examine),
  /** Every cell of every built-in view is what an oracle says that has read the log. */
  VIEWS("views against oracle", ViewsCheck::examine);

  private final String label;
  private final BiFunction<String, Evidence, Finding> examination;

  Check(String label, BiFunction<String, Evidence, Finding> examination) {
    this.label = label;
    this.examination = examination;
  }

  public String label() {
    return label;
  }

  /** What is wrong, if anything. */
  public Finding examine(Evidence evidence) {
    return examination.apply(label, evidence);
  }
}
