package io.millrace.server.sql;

import io.millrace.server.report.SafeText;

/**
 * A value of an answer, ready to be shown.
 *
 * @param text escaped, in one line
 */
record Cell(String text, Kind kind) {

  /** What a cell holds, as far as it matters where it stands. */
  enum Kind {
    TEXT,
    NUMBER,
    /** No value. */
    NULL
  }

  /** As much of a value as is kept: rows are held in memory until the widths are known. */
  private static final int LONGEST = 1_000;

  static final Cell NULL = new Cell("NULL", Kind.NULL);

  static Cell number(String digits) {
    return new Cell(kept(digits), Kind.NUMBER);
  }

  static Cell text(String value) {
    return new Cell(kept(value), Kind.TEXT);
  }

  private static String kept(String value) {
    return value.length() > LONGEST
        ? SafeText.of(value.substring(0, LONGEST)) + TextWidth.CUT
        : SafeText.of(value);
  }
}
