package io.millrace.views.table;

/** How far a reference table is there in this process. */
public enum TableState {
  /** It has not been read to its end yet; nobody is to look anything up. */
  READING("being read"),
  READY("ready"),
  /** Its topic is not there. What was read of it before stays; a new process has none of it. */
  MISSING("its topic is missing"),
  /** Its topic is there and does not let itself be read. What was read of it before stays. */
  UNREADABLE("its topic cannot be read"),
  /** Rows beyond the limits were left out. */
  TOO_BIG("too big");

  private final String label;

  TableState(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
