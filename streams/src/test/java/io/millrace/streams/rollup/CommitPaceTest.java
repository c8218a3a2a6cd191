package io.millrace.streams.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CommitPaceTest {

  @Test
  void aRecordIsBehindBeyondAnAgeAndNeverWhenItIsOfTheFuture() {
    var pace = new CommitPace(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(2));

    assertThat(pace.isBehind(10_000, 12_000)).isFalse();
    assertThat(pace.isBehind(10_000, 12_001)).isTrue();
    assertThat(pace.isBehind(10_000, 0)).isFalse();
  }

  @Test
  void nonsenseIsRefusedByName() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new CommitPace(Duration.ZERO, second, second))
        .hasMessageContaining("live: must be positive");
    assertThatThrownBy(() -> new CommitPace(second, Duration.ofMillis(999), second))
        .hasMessageContaining("catchingUp: expected at least live");
  }
}
