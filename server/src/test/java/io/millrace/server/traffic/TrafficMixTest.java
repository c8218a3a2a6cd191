package io.millrace.server.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TrafficMixTest {

  @Test
  void laysItsKindsOneAfterTheOther() {
    assertThat(TrafficMix.DEFAULT.kindAt(0)).isEqualTo(TrafficKind.BOT);
    assertThat(TrafficMix.DEFAULT.kindAt(0.031)).isEqualTo(TrafficKind.DUPLICATE);
    assertThat(TrafficMix.DEFAULT.kindAt(0.042)).isEqualTo(TrafficKind.LATE);
    assertThat(TrafficMix.DEFAULT.kindAt(0.047)).isEqualTo(TrafficKind.MALFORMED);
    assertThat(TrafficMix.DEFAULT.kindAt(0.051)).isEqualTo(TrafficKind.GENUINE);
    assertThat(TrafficMix.CLEAN.kindAt(0)).isEqualTo(TrafficKind.GENUINE);
  }

  @Test
  void refusesSharesThatAreNone() {
    assertThatThrownBy(() -> new TrafficMix(1.5, 0, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("bots: 1.5 is not 0 to 1");
    assertThatThrownBy(() -> new TrafficMix(0.5, 0.6, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sum");
  }
}
