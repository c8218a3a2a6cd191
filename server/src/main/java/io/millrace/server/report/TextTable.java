package io.millrace.server.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A table of text with columns as wide as their widest cell: the first column to the left, all
 * others, which are numbers, to the right. Cells are escaped. For one thread.
 */
final class TextTable {
  private static final String INDENT = "  ";
  private static final String GAP = "  ";
  private static final int WIDEST = 64;

  private final List<List<String>> rows = new ArrayList<>();

  /** Adds a row; numbers are written with thousands separated. */
  TextTable row(Object first, Object... others) {
    var row = new ArrayList<String>();
    row.add(cell(first));
    for (Object other : others) {
      row.add(cell(other));
    }
    rows.add(row);
    return this;
  }

  /** The lines of the table, each with its line end. */
  String render() {
    var text = new StringBuilder();
    for (List<String> row : rows) {
      var line = new StringBuilder(INDENT);
      for (int column = 0; column < row.size(); column++) {
        String padding = " ".repeat(widthOf(column) - width(row.get(column)));
        line.append(column == 0 ? "" : GAP)
            .append(column == 0 ? row.get(column) + padding : padding + row.get(column));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private int widthOf(int column) {
    return rows.stream()
        .filter(row -> row.size() > column)
        .mapToInt(row -> width(row.get(column)))
        .max()
        .orElse(0);
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }

  private static String cell(Object value) {
    return value instanceof Long || value instanceof Integer
        ? String.format(Locale.ROOT, "%,d", ((Number) value).longValue())
        : SafeText.of(value.toString(), WIDEST);
  }
}
