package io.millrace.server.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PausedProcessTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  void standsStillAndGoesOn() throws Exception {
    assumeTrue(MachineNeed.SIGNALS.missing().isEmpty());
    Process process = new ProcessBuilder("sleep", "300").start();
    try (Fault pause = PausedProcess.of("sleeper", process.pid())) {
      pause.inject();
      pause.inject();
      await("stopped").atMost(PATIENCE).until(() -> state(process).equals("T"));
      pause.heal();
      await("asleep").atMost(PATIENCE).until(() -> state(process).equals("S"));
      pause.inject();

      // One that is gone meanwhile can be healed too.
      process.destroyForcibly();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }

  private static String state(Process process) throws IOException {
    String status = Files.readString(Path.of("/proc/" + process.pid() + "/status"));
    return status.replaceAll("(?s).*State:\\s*(\\w).*", "$1");
  }
}
