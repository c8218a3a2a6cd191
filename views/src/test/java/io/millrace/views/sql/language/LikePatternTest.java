package io.millrace.views.sql.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikePatternTest {

  @ParameterizedTest
  @CsvSource({
    "'', '', true",
    "'', '%', true",
    "'', '_', false",
    "abc, abc, true",
    "abc, ab, false",
    "abc, a%, true",
    "abc, %c, true",
    "abc, %b%, true",
    "abc, a_c, true",
    "abc, a__c, false",
    "abc, %a%b%c%, true",
    "abc, '%%', true",
    "aab, '%ab', true",
    "a.c, 'a.c', true",
    "abc, 'a.c', false",
  })
  void matches(String text, String pattern, boolean expected) {
    assertThat(new LikePattern(pattern, "").matches(text)).isEqualTo(expected);
  }

  @Test
  void anEscapedWildcardStandsForItself() {
    assertThat(new LikePattern("100!%", "!").matches("100%")).isTrue();
    assertThat(new LikePattern("100!%", "!").matches("1000")).isFalse();
    assertThat(new LikePattern("a!!b", "!").matches("a!b")).isTrue();
    assertThatThrownBy(() -> new LikePattern("a!", "!")).isInstanceOf(UncomputableException.class);
    assertThatThrownBy(() -> new LikePattern("a", "!!")).isInstanceOf(UncomputableException.class);
  }

  @Test
  void matchesAsARegularExpressionWould() {
    var random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      String text = word(random, "ab", 8);
      String pattern = word(random, "ab%_", 6);
      boolean expected =
          Pattern.compile(pattern.replace("%", ".*").replace('_', '.')).matcher(text).matches();

      assertThat(new LikePattern(pattern, "").matches(text))
          .as(text + " like " + pattern)
          .isEqualTo(expected);
    }
  }

  private static String word(Random random, String letters, int longest) {
    var word = new StringBuilder();
    for (int length = random.nextInt(longest + 1); word.length() < length; ) {
      word.append(letters.charAt(random.nextInt(letters.length())));
    }
    return word.toString();
  }
}
