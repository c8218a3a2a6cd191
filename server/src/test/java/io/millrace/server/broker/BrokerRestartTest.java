package io.millrace.server.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.server.fault.Fault;
import io.millrace.server.fault.LoopDisk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a broker that ends by itself, with a process in its place that only waits. */
@Timeout(60)
class BrokerRestartTest {
  private static final RestartPolicy SOON =
      new RestartPolicy(Duration.ofMillis(10), Duration.ofMillis(10), Duration.ZERO, 1);

  private final Queue<BrokerDeath> deaths = new ConcurrentLinkedQueue<>();
  private final List<LocalBroker> brokers = new ArrayList<>();

  @Test
  void isStartedAgainOnlyOnceItsDiskHasRoom(@TempDir Path folder) {
    assumeTrue(LoopDisk.missing().isEmpty(), () -> LoopDisk.missing().orElseThrow());
    try (LoopDisk disk = LoopDisk.create(folder, "disk", 192);
        Fault full = disk.full()) {
      LocalBroker broker = broker(folder, disk.folder());
      broker.start();
      broker.startAgainFromNowOn();
      full.inject();

      killFromOutside(broker);

      await().during(Duration.ofMillis(1500)).until(() -> !broker.isRunning());
      assertThat(broker.restarts()).isZero();
      assertThat(broker.isStopped()).isFalse();
      assertThat(broker.death()).isEmpty();

      full.heal();

      await().until(() -> broker.isRunning() && broker.restarts() == 1);
      assertThat(deaths).isEmpty();
    }
  }

  @Test
  void isLeftAloneWhenItWasStoppedBeforeThereWasRoom(@TempDir Path folder) {
    assumeTrue(LoopDisk.missing().isEmpty(), () -> LoopDisk.missing().orElseThrow());
    try (LoopDisk disk = LoopDisk.create(folder, "disk", 192);
        Fault full = disk.full()) {
      LocalBroker broker = broker(folder, disk.folder());
      broker.start();
      broker.startAgainFromNowOn();
      full.inject();
      killFromOutside(broker);
      await().until(() -> !broker.isRunning());

      broker.stop();
      full.heal();

      await().during(Duration.ofMillis(2500)).until(broker::isStopped);
      assertThat(broker.restarts()).isZero();
    }
  }

  @AfterEach
  void endBrokers() {
    brokers.forEach(LocalBroker::kill);
  }

  private LocalBroker broker(Path folder, Path data) {
    var broker =
        new LocalBroker(
            new BrokerAddress(1, "127.0.0.1", 1, 2, 0),
            new BrokerFiles(
                data,
                folder.resolve("settings"),
                folder.resolve("log"),
                folder.resolve("output"),
                folder.resolve("crash")),
            Map.of(),
            List.of("sleep", "60"),
            BrokerPlace.HERE,
            Duration.ofSeconds(1),
            new BrokerRestarts(SOON),
            deaths::add);
    brokers.add(broker);
    return broker;
  }

  private static void killFromOutside(LocalBroker broker) {
    long pid = broker.processId().orElseThrow();
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }
}
