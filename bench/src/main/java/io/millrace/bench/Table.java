package io.millrace.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * Figures of one measurement. For one thread.
 *
 * <p>The first column names the figure and stands to the left, the others hold figures and stand to
 * the right.
 */
final class Table {
  private static final String GAP = "  ";

  private final String title;
  private final List<List<String>> rows = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * An empty table.
   *
   * @param header of the columns, the first one included
   */
  Table(String title, String... header) {
    this.title = title;
    rows.add(List.of(header));
  }

  Table row(String name, String... figures) {
    if (figures.length != rows.getFirst().size() - 1) {
      throw new IllegalArgumentException(
          "row " + name + ": expected " + (rows.getFirst().size() - 1) + " figures");
    }
    var row = new ArrayList<String>();
    row.add(name);
    row.addAll(List.of(figures));
    rows.add(row);
    return this;
  }

  /** A sentence below the table, such as what else happened meanwhile. */
  Table note(String note) {
    notes.add(note);
    return this;
  }

  /** For a terminal. */
  String text() {
    var text = new StringBuilder(title).append('\n');
    for (List<String> row : rows) {
      text.append(GAP).append(String.join(GAP, padded(row)).stripTrailing()).append('\n');
    }
    notes.forEach(note -> text.append(GAP).append(note).append('\n'));
    return text.toString();
  }

  /** For a page such as docs/benchmarks.md. */
  String markdown() {
    var text = new StringBuilder("### ").append(title).append("\n\n");
    for (int row = 0; row < rows.size(); row++) {
      text.append("| ").append(String.join(" | ", padded(rows.get(row)))).append(" |\n");
      if (row == 0) {
        text.append("|---").append("|--:".repeat(rows.getFirst().size() - 1)).append("|\n");
      }
    }
    notes.forEach(note -> text.append('\n').append(note).append('\n'));
    return text.toString();
  }

  private List<String> padded(List<String> row) {
    var cells = new ArrayList<String>();
    for (int column = 0; column < row.size(); column++) {
      String cell = row.get(column);
      String padding = " ".repeat(width(column) - cell.length());
      cells.add(column == 0 ? cell + padding : padding + cell);
    }
    return cells;
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
