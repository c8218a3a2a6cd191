package io.millrace.query.answer;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Lines of CSV (RFC 4180). Safe for any number of threads.
 *
 * <p>Texts come from whoever sent the events, and spreadsheets run what looks like a formula; such
 * a text gets an apostrophe before it (OWASP, "CSV Injection").
 */
public final class CsvLines {
  private static final String FORMULA_STARTS = "=+-@\t\r";

  private CsvLines() {}

  /** Appends one line. */
  public static void append(List<String> cells, StringBuilder csv) {
    csv.append(cells.stream().map(CsvLines::quoted).collect(Collectors.joining(",")))
        .append("\r\n");
  }

  /** A text that no spreadsheet takes for more than a text. */
  public static String withoutFormula(String text) {
    return !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }

  private static String quoted(String text) {
    boolean isPlain = text.chars().noneMatch(part -> part == ',' || part == '"' || part < ' ');
    return isPlain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
