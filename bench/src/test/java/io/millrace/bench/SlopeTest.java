package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SlopeTest {

  @Test
  void leavesOutWhatTheStartCosts() {
    // Given a start of 7 s in the program and 1 s in the broker, and 4 s and 2 s for 500,000 events
    var once =
        new Slope.Cost(Duration.ofSeconds(11), Duration.ofSeconds(3), Duration.ofSeconds(10));
    var twice =
        new Slope.Cost(Duration.ofSeconds(15), Duration.ofSeconds(5), Duration.ofSeconds(13));

    // When
    Slope slope = Slope.between(once, twice, 500_000);

    // Then
    assertThat(slope.applicationPerMillion()).isEqualTo(8);
    assertThat(slope.brokerPerMillion()).isEqualTo(4);
    assertThat(slope.togetherPerMillion()).isEqualTo(12);
    assertThat(slope.wallPerMillion()).isEqualTo(6);
  }
}
