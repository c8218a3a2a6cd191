package io.millrace.server.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.OtherProcess;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class OrphanedBrokerIT {

  @TempDir private Path folder;

  @Test
  void endsSoonAfterItsParentWasKilled() throws Exception {
    try (OtherProcess parent = OtherProcess.run(BrokerParent.class, folder.toString())) {
      // Given
      ProcessHandle broker = ProcessHandle.of(Long.parseLong(parent.nextLine())).orElseThrow();
      assertThat(broker.isAlive()).isTrue();

      // When
      parent.kill();

      // Then
      broker.onExit().get(15, TimeUnit.SECONDS);
    }
  }

  @Test
  void isWaitedForByTheNextOneOnItsFolder() {
    try (OtherProcess parent = OtherProcess.run(BrokerParent.class, folder.toString())) {
      // Given
      ProcessHandle broker = ProcessHandle.of(Long.parseLong(parent.nextLine())).orElseThrow();

      // When
      parent.kill();
      try (LocalKafka next = TestKafka.start(LocalKafkaConfig.oneBroker(folder))) {
        // Then
        assertThat(broker.isAlive()).isFalse();
        assertThat(next.processIds()).hasSize(1);
      }
    }
  }
}
