package io.millrace.server.sender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
  private static final RetryPolicy POLICY =
      new RetryPolicy(Duration.ofSeconds(60), Duration.ofMillis(100), Duration.ofSeconds(5));

  @Test
  void doublesThePauseUpToTheLongest() {
    assertThat(POLICY.pauseAfter(1, Duration.ZERO, Duration.ZERO)).contains(Duration.ofMillis(100));
    assertThat(POLICY.pauseAfter(3, Duration.ZERO, Duration.ZERO)).contains(Duration.ofMillis(400));
    assertThat(POLICY.pauseAfter(90, Duration.ZERO, Duration.ZERO)).contains(Duration.ofSeconds(5));
  }

  @Test
  void honoursALongerPauseThatTheCollectorAsksFor() {
    assertThat(POLICY.pauseAfter(1, Duration.ZERO, Duration.ofSeconds(9)))
        .contains(Duration.ofSeconds(9));
  }

  @Test
  void neverSleepsBeyondItsPatienceAndThenGivesUp() {
    Duration late = Duration.ofMillis(59_990);

    assertThat(POLICY.pauseAfter(1, late, Duration.ofSeconds(9))).contains(Duration.ofMillis(10));
    assertThat(POLICY.pauseAfter(1, Duration.ofSeconds(60), Duration.ZERO)).isEmpty();
  }

  @Test
  void refusesNonsense() {
    assertThatThrownBy(() -> POLICY.withPatience(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("patience");
  }
}
