package io.millrace.server.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FreePortsTest {

  @Test
  void choosesDifferentPortsBelowThoseOfOutgoingConnections() {
    List<Integer> ports = FreePorts.choose(6, List.of());

    assertThat(ports)
        .hasSize(6)
        .doesNotHaveDuplicates()
        .allMatch(port -> port >= 20_000 && port < 32_000);
  }

  @Test
  void leavesReservedPortsAlone() {
    List<Integer> reserved = FreePorts.choose(500, List.of());

    assertThat(FreePorts.choose(500, reserved)).doesNotContainAnyElementsOf(reserved);
  }
}
