package io.millrace.server.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DrillsTest {

  @Test
  void haveNamesOfTheirOwnAndSayWhatTheyShow() {
    List<Drill> all = Drills.all();

    assertThat(all).extracting(Drill::name).doesNotHaveDuplicates();
    assertThat(all).allSatisfy(drill -> assertThat(drill.shows()).endsWith("."));
    assertThat(all)
        .allMatch(drill -> Drills.named(drill.name()).equals(java.util.Optional.of(drill)));
  }

  @Test
  void coverTheFailuresThatArePromised() {
    assertThat(Drills.all())
        .extracting(Drill::name)
        .contains(
            "kill-processor",
            "kill-leader",
            "kill-controller",
            "kill-collector",
            "pause-broker",
            "cut-from-peers",
            "isolate-broker",
            "kill-two-brokers",
            "disk-full",
            "resend-everything",
            "zombie-processor",
            "delete-state",
            "corrupt-state",
            "clock-skew",
            "slow-readers",
            "lost-answers",
            "kill-during-restore",
            "kill-during-rebalance",
            "power-loss-one",
            "power-loss-all",
            "roll-brokers",
            "roll-roles",
            "kill-coordinator",
            "kill-processor-and-broker",
            "bad-records",
            "dedupe-edge",
            "late-append");
  }
}
