package io.millrace.testing.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.server.broker.LocalBroker;
import io.millrace.server.fault.Fault;
import io.millrace.server.fault.PausedProcess;
import io.millrace.server.fault.PowerLoss;
import io.millrace.server.fault.Together;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults of all machines at once, and what must be seen to lose records so that the rest proves
 * something: brokers that do not force what they acknowledge to their disks, and a producer that is
 * content with one broker.
 */
@Tag("drill")
@Timeout(900)
class AllHostsFaultsIT {
  private static final Duration HELD = Duration.ofSeconds(3);

  @Test
  void powerLostByAllCostsNothingWithTheDurableProfile(@TempDir Path folder) throws Exception {
    needsTheMachinesLeave();
    try (HostedKafka kafka = HostedKafka.start(folder, true)) {
      FaultTrial trial = loseAllPower(kafka);
      assertThat(trial.verdict().isExact()).as(trial.toString()).isTrue();
      assertThat(trial.failures()).as("given up").isZero();

      // A full disk everywhere takes nothing, and what it has taken stays.
      FaultTrial full =
          FaultTrial.run(
              kafka, AckedProducer.SAFE, topic -> allFull(kafka), Duration.ofSeconds(15));
      assertThat(full.verdict().isExact()).as(full.toString()).isTrue();
    }
  }

  @Test
  void powerLostByAllLosesRecordsWithoutIt(@TempDir Path folder) throws Exception {
    needsTheMachinesLeave();
    try (HostedKafka kafka = HostedKafka.start(folder, false)) {
      FaultTrial trial = loseAllPower(kafka);
      assertThat(trial.verdict().lost()).as(trial.toString()).isPositive();
    }
  }

  @Test
  void aProducerContentWithOneBrokerLosesRecordsWhenThatOneDies(@TempDir Path folder)
      throws Exception {
    needsTheMachinesLeave();
    try (HostedKafka kafka = HostedKafka.start(folder, false)) {
      FaultTrial trial =
          FaultTrial.run(
              kafka,
              AckedProducer.UNSAFE,
              topic -> new LeaderAlone(kafka, kafka.leader(topic)),
              HELD);
      assertThat(trial.verdict().lost()).as(trial.toString()).isPositive();
    }
  }

  private static FaultTrial loseAllPower(HostedKafka kafka) throws Exception {
    return FaultTrial.run(
        kafka,
        AckedProducer.SAFE,
        topic -> PowerLoss.of(kafka.brokers().stream().map(kafka::powered).toList()),
        HELD);
  }

  private static Fault allFull(HostedKafka kafka) {
    return Together.of(
        "all disks full", kafka.brokers().stream().map(kafka::disk).map(d -> d.full()).toList());
  }

  private static void needsTheMachinesLeave() {
    Optional<String> missing = HostedKafka.missing();
    assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
  }

  /** Its followers stand still while it takes records, and it dies before they go on. */
  private static final class LeaderAlone implements Fault {
    private final LocalBroker leader;
    private final List<Fault> pauses = new ArrayList<>();

    LeaderAlone(HostedKafka kafka, LocalBroker leader) {
      this.leader = leader;
      for (LocalBroker broker : kafka.brokers()) {
        if (broker.id() != leader.id()) {
          pauses.add(PausedProcess.of("follower", broker.processId().orElseThrow()));
        }
      }
    }

    @Override
    public String description() {
      return "acks=1, followers paused, leader killed";
    }

    @Override
    public void inject() {
      pauses.forEach(Fault::inject);
    }

    @Override
    public void heal() {
      if (pauses.isEmpty()) {
        return;
      }
      leader.kill();
      pauses.forEach(Fault::heal);
      pauses.clear();
      leader.start();
    }
  }
}
