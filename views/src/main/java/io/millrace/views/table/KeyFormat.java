package io.millrace.views.table;

import java.util.Locale;

/** How the keys of the records of a table's topic are written. */
public enum KeyFormat {
  /** The value of the one column of the primary key, as a text in UTF-8. */
  TEXT,
  /** A JSON object with the columns of the primary key. */
  JSON;

  /** As in a definition. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
