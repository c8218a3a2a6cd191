package io.millrace.bench.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class TextTableTest {
  private final List<String> sought = new ArrayList<>();

  @Test
  void findsOutOnceWhatIsAskedOften() {
    TextTable<String> table = table(64);

    assertThat(ask(table, "a text")).isEqualTo("A TEXT");
    assertThat(ask(table, "a text")).isEqualTo("A TEXT");
    assertThat(sought).containsExactly("a text");
  }

  @Test
  void neverTakesOneTextForAnother() {
    // Given one place for all
    TextTable<String> table = table(1);

    for (int i = 0; i < 200; i++) {
      assertThat(ask(table, "text " + i % 7)).isEqualTo("TEXT " + i % 7);
    }
  }

  @Test
  void refusesASizeThatIsNoPowerOfTwo() {
    assertThatThrownBy(() -> table(12)).hasMessageContaining("12");
  }

  private TextTable<String> table(int size) {
    return new TextTable<>(
        size,
        text -> {
          sought.add(text);
          return text.toUpperCase(Locale.ROOT);
        });
  }

  private static String ask(TextTable<String> table, String text) {
    char[] buffer = ("before" + text + "after").toCharArray();
    return table.of(buffer, "before".length(), text.length());
  }
}
