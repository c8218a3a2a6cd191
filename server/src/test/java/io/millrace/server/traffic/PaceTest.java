package io.millrace.server.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
  private final Pace pace = new Pace(30, 60);

  @Test
  void addsNoErrorsUp() {
    int made = 0;
    for (long millis = 7; millis <= 700_000; millis += 7) {
      int due = pace.due(Duration.ofMillis(millis).toNanos());
      pace.made(due);
      made += due;
    }

    assertThat(made).isEqualTo(21_000);
    assertThat(pace.forgiven()).isZero();
  }

  @Test
  void owesNoMoreThanItsBoundAndCountsTheRest() {
    assertThat(pace.due(Duration.ofSeconds(10).toNanos())).isEqualTo(60);
    assertThat(pace.forgiven()).isEqualTo(240);

    pace.made(60);
    assertThat(pace.due(Duration.ofSeconds(11).toNanos())).isEqualTo(30);
  }
}
