package io.millrace.query.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvLinesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=HYPERLINK(\"http://evil.example\",\"x\")",
        "=cmd|' /C calc'!A0",
        "+1+1",
        "-2+3",
        "@SUM(1,1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1",
        "＋1",
        "－1",
        "＠1"
      })
  void aTextThatLooksLikeAFormulaIsOneNoMore(String text) {
    assertThat(CsvLines.withoutFormula(text)).startsWith("'").endsWith(text.substring(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/cart", "a-b", "a=b", "https://shop.example/?a=1&b=+2", "x;y", "'"})
  void anyOtherTextStaysAsItIs(String text) {
    assertThat(CsvLines.withoutFormula(text)).isEqualTo(text);
  }

  /** Where a comma divides decimals, spreadsheets take the semicolon, and no quotes stop them. */
  @Test
  void aTextThatBecomesSeveralCellsHasNoFormulaInAnyOfThem() {
    assertThat(CsvLines.withoutFormula("/a;=1+1")).isEqualTo("/a;'=1+1");
    assertThat(CsvLines.withoutFormula("/a; \"=1+1")).isEqualTo("/a; \"'=1+1");
    assertThat(CsvLines.withoutFormula("/a\r\n@SUM(1)")).isEqualTo("/a\r'\n'@SUM(1)");
  }

  @Test
  void whatDividesCellsIsQuoted() {
    var csv = new StringBuilder();

    CsvLines.append(List.of("a,b", "c;d", "e\"f", "g\nh", "i"), csv);

    assertThat(csv).hasToString("\"a,b\",\"c;d\",\"e\"\"f\",\"g\nh\",i\r\n");
  }
}
