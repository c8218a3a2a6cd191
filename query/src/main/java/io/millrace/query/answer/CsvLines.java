package io.millrace.query.answer;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Lines of CSV (RFC 4180). Safe for any number of threads.
 *
 * <p>Texts come from whoever sent the events, and spreadsheets run what looks like a formula; such
 * a text gets an apostrophe before it (OWASP, "CSV Injection"). Where a comma divides decimals,
 * spreadsheets divide cells at semicolons instead, or at tabs, whatever the quotes say; so what
 * follows one of these, or a line break, is a beginning too.
 */
public final class CsvLines {
  /** The last four are the full-width forms, which count as the same in East Asia. */
  private static final String FORMULA_STARTS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

  private static final String DIVIDERS = ";\t\r\n";

  /** What may stand between the beginning of a cell and that of a formula. */
  private static final String PASSED_OVER = " \"";

  private CsvLines() {}

  /** Appends one line. */
  public static void append(List<String> cells, StringBuilder csv) {
    csv.append(cells.stream().map(CsvLines::quoted).collect(Collectors.joining(",")))
        .append("\r\n");
  }

  /** A text that no spreadsheet takes for more than a text. */
  public static String withoutFormula(String text) {
    var safe = new StringBuilder(text.length() + 1);
    boolean isBeginning = true;
    for (int i = 0; i < text.length(); i++) {
      char next = text.charAt(i);
      if (isBeginning && FORMULA_STARTS.indexOf(next) >= 0) {
        safe.append('\'');
      }
      safe.append(next);
      isBeginning = DIVIDERS.indexOf(next) >= 0 || (isBeginning && PASSED_OVER.indexOf(next) >= 0);
    }
    return safe.toString();
  }

  private static String quoted(String text) {
    boolean isPlain =
        text.chars().noneMatch(part -> part == ',' || part == ';' || part == '"' || part < ' ');
    return isPlain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
