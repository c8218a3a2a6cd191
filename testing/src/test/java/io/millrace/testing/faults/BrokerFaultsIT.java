package io.millrace.testing.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.server.broker.LocalBroker;
import io.millrace.server.fault.Fault;
import io.millrace.server.fault.PausedProcess;
import io.millrace.server.fault.PowerLoss;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults of one machine of three. How long a partition stands still is printed and not asserted: it
 * is the machine's business too.
 */
@Tag("drill")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(600)
class BrokerFaultsIT {
  private static final Duration HELD = Duration.ofSeconds(20);

  private final List<FaultTrial> trials = new ArrayList<>();
  private HostedKafka kafka;

  @BeforeAll
  void start(@TempDir Path folder) {
    Optional<String> missing = HostedKafka.missing();
    assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
    kafka = HostedKafka.start(folder, false);
  }

  @AfterAll
  void stop() {
    if (kafka != null) {
      kafka.close();
      System.out.println(FaultTrial.header());
      trials.forEach(trial -> System.out.println(trial.row()));
    }
  }

  @Test
  void aLeaderThatIsKilledIsStartedAgain() throws Exception {
    var killed = new ArrayList<LocalBroker>();
    losesNothing(
        topic -> {
          killed.add(kafka.leader(topic));
          return KilledProcess.of(kafka.leader(topic));
        });
    assertThat(killed.getFirst().restarts()).isPositive();
  }

  @Test
  void theControllerThatIsKilledIsStartedAgain() throws Exception {
    LocalBroker controller = kafka.controller();
    losesNothing(topic -> KilledProcess.of(controller));
    assertThat(controller.restarts()).isPositive();
  }

  @Test
  void aLeaderThatIsPaused() throws Exception {
    losesNothing(
        topic -> {
          LocalBroker leader = kafka.leader(topic);
          return PausedProcess.of("leader", leader.processId().orElseThrow());
        });
  }

  @Test
  void aLeaderThatIsIsolated() throws Exception {
    losesNothing(topic -> kafka.network().isolated(kafka.host(kafka.leader(topic))));
  }

  @Test
  void theControllerThatIsIsolated() throws Exception {
    LocalBroker controller = kafka.controller();
    losesNothing(topic -> kafka.network().isolated(kafka.host(controller)));
  }

  @Test
  void aLeaderThatIsCutFromItsPeersAndReachedByClients() throws Exception {
    losesNothing(topic -> kafka.network().cutFromPeers(kafka.host(kafka.leader(topic))));
  }

  @Test
  void aLeaderThatItsPeersDoNotHear() throws Exception {
    losesNothing(topic -> kafka.network().mute(kafka.host(kafka.leader(topic))));
  }

  @Test
  void aLeaderThatDoesNotHearItsPeers() throws Exception {
    losesNothing(topic -> kafka.network().deaf(kafka.host(kafka.leader(topic))));
  }

  @Test
  void oneInTenPacketsLost() throws Exception {
    losesNothing(topic -> kafka.network().lossy(10));
  }

  @Test
  void aLeaderOnASlowLine() throws Exception {
    losesNothing(topic -> kafka.network().slow(kafka.host(kafka.leader(topic)), 4));
  }

  @Test
  void aLeaderWhoseDiskIsFullComesBackByItself() throws Exception {
    losesNothing(topic -> kafka.disk(kafka.leader(topic)).full());
  }

  @Test
  void aLeaderThatLosesItsPower() throws Exception {
    losesNothing(topic -> PowerLoss.of(List.of(kafka.powered(kafka.leader(topic)))));
  }

  private void losesNothing(Function<String, Fault> fault)
      throws ExecutionException, InterruptedException {
    FaultTrial trial = FaultTrial.run(kafka, AckedProducer.SAFE, fault, HELD);
    trials.add(trial);
    assertThat(trial.verdict().isExact()).as(trial.toString()).isTrue();
    assertThat(trial.failures()).as("given up").isZero();
  }
}
