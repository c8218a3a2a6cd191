package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RatioTest {

  @Test
  void comparesWhatRanInTheSamePass() {
    // Given a machine that was half as fast in the second pass
    List<Slope> plain = seconds(10, 20, 10);
    List<Slope> variant = seconds(11, 24, 13);

    // When
    Ratio ratio = Ratio.of(plain, variant, Slope::togetherPerMillion).orElseThrow();

    // Then
    assertThat(ratio).isEqualTo(new Ratio(1.2, 1.1, 1.3));
    assertThat(ratio.text()).isEqualTo("1.20 (1.10 to 1.30)");
  }

  @Test
  void leavesOutAPassThatWasTooShort() {
    assertThat(Ratio.of(seconds(-1, 10), seconds(5, 20), Slope::togetherPerMillion))
        .contains(new Ratio(2, 2, 2));
  }

  @Test
  void isNotToldWhereNoPassWasLongEnough() {
    assertThat(Ratio.of(seconds(-1), seconds(5), Slope::togetherPerMillion)).isEmpty();
  }

  @Test
  void refusesUnequalNumbersOfPasses() {
    assertThatThrownBy(() -> Ratio.of(seconds(1), seconds(1, 2), Slope::togetherPerMillion))
        .hasMessageContaining("expected 1 passes");
  }

  private static List<Slope> seconds(long... cpu) {
    return Arrays.stream(cpu)
        .mapToObj(Duration::ofSeconds)
        .map(each -> new Slope(each, Duration.ZERO, each, 1_000_000))
        .toList();
  }
}
