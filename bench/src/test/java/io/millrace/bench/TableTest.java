package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void isAlignedOnATerminal() {
    Table table =
        new Table("Times", "", "p50").row("short", "1 ms").row("longer name", "10 ms").note("Ten.");

    assertThat(table.text())
        .isEqualTo(
            "Times\n                 p50\n  short         1 ms\n  longer name  10 ms\n  Ten.\n");
  }

  @Test
  void canBePastedIntoAPage() {
    Table table = new Table("Times", "", "p50").row("short", "1 ms").note("Ten.");

    assertThat(table.markdown())
        .isEqualTo("### Times\n\n|       |  p50 |\n|---|--:|\n| short | 1 ms |\n\nTen.\n");
  }

  @Test
  void refusesARowThatDoesNotFit() {
    Table table = new Table("Times", "", "p50");

    assertThatThrownBy(() -> table.row("short")).hasMessageContaining("expected 1 figures");
  }
}
