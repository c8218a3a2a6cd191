package io.millrace.server.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultTableTest {
  private static final List<Column> COLUMNS =
      List.of(new Column("path", "VARCHAR"), new Column("events", "BIGINT"));

  @Test
  void alignsTextsToTheLeftAndNumbersToTheRight() {
    assertThat(lines(80, List.of(row("/", "7"), row("/größe", "12345"))))
        .containsExactly("path    events", "──────  ──────", "/            7", "/größe   12345");
  }

  @Test
  void cutsTheWidestColumnToTheRoomThereIsAndLeavesNumbersWhole() {
    assertThat(lines(20, List.of(row("/a/long/path/to/somewhere", "12345"), row("/b", "9"))))
        .allSatisfy(line -> assertThat(TextWidth.of(line)).isLessThanOrEqualTo(20))
        .contains("/a/long/pat…   12345", "/b                 9");
  }

  @Test
  void countsPlacesAndNotCharacters() {
    assertThat(lines(80, List.of(row("日本語", "1"), row("e\u0301", "22"))))
        .containsExactly("path    events", "──────  ──────", "日本語       1", "e\u0301           22");
    assertThat(TextWidth.cut("日本語", 5)).isEqualTo("日本…");
    assertThat(TextWidth.cut("日本語", 4)).isEqualTo("日…");
  }

  @Test
  void showsNothingThatWouldDoSomethingAtATerminal() {
    List<String> lines =
        lines(80, List.of(row("\u001b[2J\u001b]0;title\u0007", "1"), row("a\nb\u202etxt", "2")));

    assertThat(String.join("", lines)).doesNotContain("\u001b", "\u0007", "\n", "\u202e");
    assertThat(lines).anyMatch(line -> line.startsWith("\\u{1B}[2J"));
  }

  @Test
  void putsAColumnOfUnknownTypeToTheRightIfItHasNumbersAlone() {
    var columns = List.of(new Column("visitors", "UNIQUES"), new Column("top", "TOP"));
    var rows = List.of(List.of(Cell.number("5"), Cell.text("[1]")), List.of(Cell.NULL, Cell.NULL));

    assertThat(new ResultTable(columns, rows, 80).line(rows.getFirst())).isEqualTo("       5  [1]");
    assertThat(new ResultTable(columns, rows, 80).line(rows.getLast())).isEqualTo("    NULL  NULL");
  }

  @Test
  void keepsToTheRoomWithMoreColumnsThanItHas() {
    var columns = new ArrayList<Column>();
    var row = new ArrayList<Cell>();
    for (int i = 0; i < 40; i++) {
      columns.add(new Column("column_" + i, "BIGINT"));
      row.add(Cell.number("123456"));
    }
    var table = new ResultTable(columns, List.of(row), 60);

    assertThat(TextWidth.of(table.line(row))).isEqualTo(60);
    assertThat(table.line(row)).endsWith("…");
  }

  @Test
  void cutsLaterRowsToTheWidthsOfTheFirst() {
    var table = new ResultTable(COLUMNS, List.of(row("/", "1")), 80);

    assertThat(table.line(row("/longer", "12345678"))).isEqualTo("/lo…  12345…");
  }

  private static List<Cell> row(String path, String events) {
    return List.of(Cell.text(path), Cell.number(events));
  }

  private static List<String> lines(int room, List<List<Cell>> rows) {
    var table = new ResultTable(COLUMNS, rows, room);
    var lines = new ArrayList<>(table.head());
    rows.forEach(row -> lines.add(table.line(row)));
    return lines;
  }
}
