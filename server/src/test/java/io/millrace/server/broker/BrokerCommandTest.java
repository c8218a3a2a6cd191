package io.millrace.server.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BrokerCommandTest {
  private static final LocalKafkaConfig CONFIG = LocalKafkaConfig.threeBrokers(Path.of("/data"));

  @Test
  void compilesQuicklyOnlyWhereOthersWantTheMachineToo() {
    assertThat(BrokerCommand.usual(CONFIG.withSharedMachine(true)).extraFlags())
        .contains("-XX:TieredStopAtLevel=1");
    assertThat(BrokerCommand.usual(CONFIG).extraFlags()).doesNotContain("-XX:TieredStopAtLevel=1");
  }
}
