package io.millrace.server.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.server.fault.SwitchRules.Drop;
import java.util.List;
import org.junit.jupiter.api.Test;

class SwitchRulesTest {

  @Test
  void dropAllOrSomeOfWhatGoesOneWay() {
    String text =
        new SwitchRules(List.of(new Drop("h1", "h2", 100), new Drop("h2", "c", 10))).text();

    assertThat(text)
        .contains("iifname \"h1\" oifname \"h2\" drop\n")
        .contains("iifname \"h2\" oifname \"c\" numgen random mod 100 < 10 drop\n");
  }

  @Test
  void takeThePlaceOfThoseBefore() {
    assertThat(new SwitchRules(List.of()).text().lines())
        .containsSubsequence(
            "table bridge millrace", "delete table bridge millrace", "table bridge millrace {")
        .noneMatch(line -> line.contains("drop"));
  }

  @Test
  void refuseAShareThatIsNone() {
    assertThatThrownBy(() -> new Drop("h1", "h2", 0)).hasMessageContaining("percent is 0");
    assertThatThrownBy(() -> new Drop("h1", "h2", 101)).hasMessageContaining("percent is 101");
  }
}
