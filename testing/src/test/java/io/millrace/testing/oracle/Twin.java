package io.millrace.testing.oracle;

/**
 * The same in both languages.
 *
 * @param view in a statement of a view
 * @param database in DuckDB, over the tables of {@link FactDatabase}
 */
record Twin(String view, String database) {

  /** What is written alike. */
  static Twin same(String text) {
    return new Twin(text, text);
  }

  /**
   * A text with others in it.
   *
   * @param pattern with {@code %s} where they are
   */
  static Twin of(String pattern, Twin... parts) {
    Object[] ofView = new Object[parts.length];
    Object[] ofDatabase = new Object[parts.length];
    for (int i = 0; i < parts.length; i++) {
      ofView[i] = parts[i].view;
      ofDatabase[i] = parts[i].database;
    }
    return new Twin(pattern.formatted(ofView), pattern.formatted(ofDatabase));
  }
}
