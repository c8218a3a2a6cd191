package io.millrace.streams.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class JudgeConfigTest {

  @Test
  void defaultsAreThoseOfTheDocumentation() {
    assertThat(JudgeConfig.DEFAULT)
        .isEqualTo(
            new JudgeConfig(
                Duration.ofHours(72),
                Duration.ofMinutes(5),
                Duration.ofHours(24),
                Duration.ofHours(720),
                0));
  }

  @Test
  void nonsenseIsRefusedWithItsNameAndValue() {
    assertThatThrownBy(() -> JudgeConfig.DEFAULT.withMaxEventsPerMinute(-1))
        .hasMessage("max-events-per-minute: must not be negative, got -1");
    assertThatThrownBy(
            () ->
                new JudgeConfig(
                    Duration.ZERO, Duration.ZERO, Duration.ofHours(-1), Duration.ZERO, 0))
        .hasMessage("duplicate-window: must not be negative, got PT-1H");
  }
}
