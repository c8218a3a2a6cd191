package io.millrace.server.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * How wide the columns of a table are, and its lines. Widths come from the first rows; what is
 * wider is cut, and so is what the terminal has no room for, the widest columns first. Pure.
 */
final class ResultTable {
  private static final String GAP = "  ";
  private static final int READABLE = 8;
  private static final int NARROWEST = 3;

  private final List<Column> columns;
  private final int room;
  private final int[] widths;
  private final boolean[] isRight;

  /**
   * @param first the rows that are shown first; those after them go by their widths
   * @param room the width of the terminal
   */
  ResultTable(List<Column> columns, List<List<Cell>> first, int room) {
    this.columns = columns;
    this.room = room;
    this.widths = new int[columns.size()];
    this.isRight = new boolean[columns.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = widest(i, first);
      isRight[i] = isNumber(i, first);
    }
    narrow();
  }

  /** The names of the columns, and a line below them. */
  List<String> head() {
    var names = new ArrayList<Cell>();
    var rules = new ArrayList<Cell>();
    for (int i = 0; i < widths.length; i++) {
      names.add(Cell.text(columns.get(i).name()));
      rules.add(Cell.text("─".repeat(widths[i])));
    }
    return List.of(line(names), line(rules));
  }

  /** A row. */
  String line(List<Cell> row) {
    var line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String text = i < row.size() ? TextWidth.cut(row.get(i).text(), widths[i]) : "";
      String padding = " ".repeat(widths[i] - TextWidth.of(text));
      line.append(i == 0 ? "" : GAP).append(isRight[i] ? padding + text : text + padding);
    }
    return TextWidth.cut(line.toString().stripTrailing(), room);
  }

  private int widest(int column, List<List<Cell>> rows) {
    int name = TextWidth.of(Cell.text(columns.get(column).name()).text());
    return rows.stream()
        .filter(row -> column < row.size())
        .mapToInt(row -> TextWidth.of(row.get(column).text()))
        .reduce(Math.max(name, 1), Math::max);
  }

  private boolean isNumber(int column, List<List<Cell>> rows) {
    List<Cell.Kind> kinds =
        rows.stream()
            .filter(row -> column < row.size())
            .map(row -> row.get(column).kind())
            .filter(kind -> kind != Cell.Kind.NULL)
            .distinct()
            .toList();
    return kinds.isEmpty()
        ? columns.get(column).isNumber()
        : kinds.equals(List.of(Cell.Kind.NUMBER));
  }

  /**
   * Takes from the widest columns until all have room: from texts first, since a number cut is
   * worth nothing.
   */
  private void narrow() {
    int excess = -room - GAP.length();
    for (int width : widths) {
      excess += width + GAP.length();
    }
    excess = narrow(excess, false, READABLE);
    narrow(excess, true, NARROWEST);
  }

  private int narrow(int wanted, boolean numbersToo, int narrowest) {
    int excess = wanted;
    while (excess > 0) {
      int widest = widest(numbersToo);
      if (widest < 0 || widths[widest] <= narrowest) {
        return excess;
      }
      widths[widest]--;
      excess--;
    }
    return excess;
  }

  private int widest(boolean numbersToo) {
    int widest = -1;
    for (int i = 0; i < widths.length; i++) {
      boolean mayBe = numbersToo || !isRight[i];
      if (mayBe && (widest < 0 || widths[i] > widths[widest])) {
        widest = i;
      }
    }
    return widest;
  }
}
