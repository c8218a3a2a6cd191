package io.millrace.server.sql;

import io.millrace.server.report.SafeText;
import java.util.List;

/** An error as it is shown: what is wrong, and where in the statement, marked by a caret. Pure. */
final class ErrorText {
  private static final String INDENT = "  ";
  private static final int LONGEST_MESSAGE = 2_000;

  private ErrorText() {}

  /**
   * @param source the name of the file that has the statement; empty where it has none
   * @param room the width of the terminal
   */
  static String of(SqlError error, Statement statement, String source, int room) {
    String message = SafeText.of(error.message(), LONGEST_MESSAGE);
    if (!error.hasPlace()) {
      String place = source.isEmpty() ? "" : file(source) + "line " + statement.line() + ": ";
      return "error: " + place + message + "\n";
    }
    String place =
        file(source)
            + "line %d, column %d".formatted(statement.line() + error.line() - 1, error.column());
    return "error: " + place + ": " + message + "\n" + excerpt(error, statement.text(), room);
  }

  private static String file(String source) {
    return source.isEmpty() ? "" : SafeText.of(source) + ", ";
  }

  private static String excerpt(SqlError error, String sql, int room) {
    List<String> lines = sql.lines().toList();
    if (error.line() > lines.size()) {
      return "";
    }
    String line = lines.get(error.line() - 1);
    int place = Math.min(error.column() - 1, line.length());
    String before = SafeText.of(line.substring(0, place).replace('\t', ' '));
    String from = SafeText.of(line.substring(place).replace('\t', ' '));
    int half = Math.max(1, (room - INDENT.length()) / 2);
    if (TextWidth.of(before) > half) {
      before = TextWidth.CUT + tail(before, half - 1);
    }
    int left = room - INDENT.length() - TextWidth.of(before);
    return INDENT
        + before
        + TextWidth.cut(from, left)
        + "\n"
        + INDENT
        + " ".repeat(TextWidth.of(before))
        + "^\n";
  }

  private static String tail(String text, int room) {
    int start = text.length();
    while (start > 0) {
      int longer = text.offsetByCodePoints(start, -1);
      if (TextWidth.of(text.substring(longer)) > room) {
        break;
      }
      start = longer;
    }
    return text.substring(start);
  }
}
