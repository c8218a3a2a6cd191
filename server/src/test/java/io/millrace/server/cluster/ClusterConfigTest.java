package io.millrace.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ClusterConfigTest {
  private static final Path FOLDER = Path.of("somewhere");

  @Test
  void everyTopicHasACopyOnEveryBroker() {
    assertThat(ClusterConfig.of(FOLDER, 3, 2, 2).topics().replicationFactor()).isEqualTo((short) 3);
    assertThat(ClusterConfig.of(FOLDER, 1, 1, 1).topics().replicationFactor()).isEqualTo((short) 1);
  }

  @Test
  void refusesNonsenseWithTheKeyAndTheValue() {
    assertThatThrownBy(() -> ClusterConfig.of(FOLDER, 2, 2, 2))
        .hasMessage("brokers: expected 1 or 3, got 2");
    assertThatThrownBy(() -> ClusterConfig.of(FOLDER, 3, 0, 2))
        .hasMessage("processors: expected 1 to 9, got 0");
    assertThatThrownBy(() -> ClusterConfig.of(FOLDER, 3, 2, 10))
        .hasMessage("collectors: expected 1 to 9, got 10");
  }
}
