package io.millrace.views.sql.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedNumbersTest {

  @ParameterizedTest
  @ValueSource(strings = {"1", " 1.50 ", "-2E3", "1e399", "1e-400", "no", ""})
  void leavesATextThatIsNoLongNumberToTheCast(String text) {
    assertThat(BoundedNumbers.text(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1E600000000", "-1e-600000000", "1E401", "1E-401", "1E99999999999", "0E999999999"})
  void aNumberOfTooManyDigitsIsNone(String text) {
    assertThatThrownBy(() -> BoundedNumbers.text(text)).isInstanceOf(NumberFormatException.class);
    assertThatThrownBy(() -> BoundedNumbers.parse(text)).isInstanceOf(NumberFormatException.class);
    assertThat(BoundedNumbers.textOrNull(text)).isNull();
  }

  @Test
  void aTextOfTooManyCharactersIsNone() {
    assertThat(BoundedNumbers.textOrNull("9".repeat(100))).isNotNull();
    assertThat(BoundedNumbers.textOrNull("9".repeat(101))).isNull();
    assertThat(BoundedNumbers.textOrNull(" ".repeat(1_000) + "9")).isNotNull();
  }

  @Test
  void whatIsComputedIsBounded() {
    BigDecimal large = BigDecimal.TEN.pow(399);

    assertThat(BoundedNumbers.result(large)).isEqualTo(large);
    assertThatThrownBy(() -> BoundedNumbers.result(large.multiply(large)))
        .isInstanceOfSatisfying(
            UncomputableException.class, refused -> assertThat(refused.isTooLarge()).isTrue());
  }
}
