package io.millrace.server.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SafeTextTest {

  @Test
  void leavesWordsOfAllLanguagesAlone() {
    assertThat(SafeText.of("/größe/日本語?a=1 €")).isEqualTo("/größe/日本語?a=1 €");
  }

  @Test
  void escapesWhatCouldMoveColourOrFake() {
    assertThat(SafeText.of("a\r\nBooks: balanced")).isEqualTo("a\\r\\nBooks: balanced");
    assertThat(SafeText.of("\u001b[31mred")).isEqualTo("\\u{1B}[31mred");
    assertThat(SafeText.of("\u009b2J")).isEqualTo("\\u{9B}2J");
  }

  @Test
  void escapesWhatTurnsOrHidesText() {
    assertThat(SafeText.of("x\u202egpj.exe")).isEqualTo("x\\u{202E}gpj.exe");
    assertThat(SafeText.of("a\u200bb\u2028c")).isEqualTo("a\\u{200B}b\\u{2028}c");
    assertThat(SafeText.of("\ud800")).isEqualTo("\\u{D800}");
  }

  @Test
  void leavesOutTheMiddleOfLongText() {
    String shortened = SafeText.of("/a/" + "x".repeat(200) + "/end", 20);

    assertThat(shortened).hasSize(20).startsWith("/a/x").contains("…").endsWith("/end");
  }
}
