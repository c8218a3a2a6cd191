package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void isSustainedWhereTheBacklogDoesNotGrow() {
    var pace = new Pace(1_000, MINUTE, 20_000, 80_000, 300, 400);

    assertThat(pace.isSustained()).isTrue();
    assertThat(pace.acceptedPerSecond()).isEqualTo(1_000);
    assertThat(pace.text()).startsWith("Sustained.");
  }

  @Test
  void tellsWhatIsCountedWhereItGrows() {
    // Given 50,000 a second of which 20,000 are counted
    var pace = new Pace(50_000, MINUTE, 1_000_000, 4_000_000, 500_000, 2_300_000);

    // Then
    assertThat(pace.isSustained()).isFalse();
    assertThat(pace.countedPerSecond()).isEqualTo(20_000);
    assertThat(pace.text()).startsWith("Not sustained.").contains("2,300,000");
  }

  @Test
  void isNotSustainedWhereTheCollectorTakesLess() {
    var pace = new Pace(50_000, MINUTE, 0, 2_400_000, 0, 0);

    assertThat(pace.isSustained()).isFalse();
  }

  @Test
  void aLargeBacklogThatShrinksIsBeingCaughtUpWith() {
    var pace = new Pace(1_000, MINUTE, 0, 60_000, 50_000, 10_000);

    assertThat(pace.isSustained()).isTrue();
    assertThat(pace.countedPerSecond()).isGreaterThan(pace.acceptedPerSecond());
  }
}
