package io.millrace.server.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorTextTest {

  @Test
  void putsACaretUnderTheColumn() {
    var statement = new Statement("SELECT *\n  FROM pagse\n WHERE 1 = 1", 1);

    assertThat(ErrorText.of(new SqlError("there is no view pagse", 2, 8), statement, "", 80))
        .isEqualTo(
            """
            error: line 2, column 8: there is no view pagse
                FROM pagse
                     ^
            """);
  }

  @Test
  void countsLinesFromTheBeginningOfTheFile() {
    var statement = new Statement("SELECT x\nFROM y", 14);

    assertThat(ErrorText.of(new SqlError("no", 2, 6), statement, "views.sql", 80))
        .startsWith("error: views.sql, line 15, column 6: no\n");
    assertThat(ErrorText.of(SqlError.of("too busy"), statement, "views.sql", 80))
        .isEqualTo("error: views.sql, line 14: too busy\n");
  }

  @Test
  void showsThePlaceInALongLine() {
    String line = "SELECT '" + "a".repeat(300) + "' + wrong + '" + "b".repeat(300) + "'";
    int column = line.indexOf("wrong") + 1;

    List<String> shown =
        ErrorText.of(new SqlError("no", 1, column), new Statement(line, 1), "", 60)
            .lines()
            .toList();

    assertThat(shown.get(1)).hasSizeLessThanOrEqualTo(60).startsWith("  …").endsWith("…");
    assertThat(shown.get(1).substring(shown.get(2).indexOf('^'))).startsWith("wrong");
  }

  @Test
  void standsUnderWideAndEscapedCharacters() {
    String line = "SELECT '日本\u001b', x";
    List<String> shown =
        ErrorText.of(
                new SqlError("\u001b[2Jno", 1, line.indexOf('x') + 1),
                new Statement(line, 1),
                "",
                80)
            .lines()
            .toList();

    assertThat(String.join("", shown)).doesNotContain("\u001b");
    assertThat(shown.get(2).length()).isEqualTo(TextWidth.of(shown.get(1)));
  }

  @Test
  void saysNoMoreThanItKnowsOfAPlaceThatIsNotThere() {
    var statement = new Statement("SELECT 1", 1);

    assertThat(ErrorText.of(new SqlError("no", 9, 1), statement, "", 80))
        .isEqualTo("error: line 9, column 1: no\n");
    assertThat(ErrorText.of(new SqlError("no", 1, 99), statement, "", 80))
        .endsWith("  SELECT 1\n          ^\n");
  }
}
