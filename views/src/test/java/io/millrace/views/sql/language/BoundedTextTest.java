package io.millrace.views.sql.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundedTextTest {

  @ParameterizedTest
  @CsvSource({
    "a/b/c, /, 1, a",
    "a/b/c, /, 3, c",
    "a/b/c, /, 4, ''",
    "a//c, /, 2, ''",
    "a--b--c, --, 2, b",
    "abc, /, 1, abc",
    "'', /, 1, ''",
    "abc, '', 1, abc",
    "abc, '', 2, ''",
    "a😀b, 😀, 2, b",
  })
  void splits(String text, String separator, int number, String expected) {
    assertThat(BoundedText.splitPart(text, separator, number)).isEqualTo(expected);
  }

  @Property(tries = 500)
  void replacesAsJavaDoes(
      @ForAll @CharRange(from = 'a', to = 'c') String text,
      @ForAll @CharRange(from = 'a', to = 'c') @StringLength(min = 1, max = 2) String part,
      @ForAll @StringLength(max = 3) String with) {
    assertThat(BoundedText.replace(text, part, with)).isEqualTo(text.replace(part, with));
  }

  @Test
  void nothingIsReplacedByNothing() {
    assertThat(BoundedText.replace("abc", "", "x")).isEqualTo("abc");
    assertThat(BoundedText.replace(null, "a", "x")).isNull();
    assertThat(BoundedText.splitPart("a", "/", null)).isNull();
    assertThatThrownBy(() -> BoundedText.splitPart("a", "/", 0)).hasMessageContaining("from 1");
  }

  @Test
  void textsDoNotGrowBeyondTheLimit() {
    String half = "x".repeat(BoundedText.LONGEST / 2);

    assertThat(BoundedText.concat(half, half)).hasSize(BoundedText.LONGEST);
    assertThat(
            catchThrowableOfType(
                    UncomputableException.class, () -> BoundedText.concat(half + "x", half))
                .isTooLarge())
        .isTrue();
    assertThat(
            catchThrowableOfType(
                    UncomputableException.class, () -> BoundedText.replace(half, "x", "yyy"))
                .isTooLarge())
        .isTrue();
  }
}
