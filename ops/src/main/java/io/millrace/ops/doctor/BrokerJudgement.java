package io.millrace.ops.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether there are enough brokers, and apart from each other. Pure. */
final class BrokerJudgement {
  private BrokerJudgement() {}

  static List<Finding> of(ClusterFacts facts, Needs needs) {
    var findings = new ArrayList<Finding>();
    int brokers = facts.brokers().size();
    if (brokers < needs.replicationFactor()) {
      findings.add(
          Finding.problem(
              plural(brokers, "broker")
                  + ", and topics.replication-factor is "
                  + needs.replicationFactor(),
              "add brokers, or set topics.replication-factor to "
                  + brokers
                  + " for all instances"));
    } else if (brokers < 3) {
      findings.add(
          Finding.warning(
              plural(brokers, "broker") + ": while one is away nothing can be written safely",
              "run three or more; on a single disk, events are as safe as that disk"));
    } else {
      findings.add(Finding.ok(plural(brokers, "broker")));
    }
    if (brokers > 1) {
      findings.add(racks(facts.brokers()));
    }
    return findings;
  }

  private static Finding racks(List<BrokerFacts> brokers) {
    long without = brokers.stream().filter(broker -> broker.rack().isEmpty()).count();
    long racks =
        brokers.stream().map(BrokerFacts::rack).flatMap(Optional::stream).distinct().count();
    if (without > 0) {
      return Finding.warning(
          plural((int) without, "broker") + " without a rack",
          "set broker.rack, so that the copies of a partition do not stand in the same place");
    }
    return racks < 2
        ? Finding.warning(
            "all brokers are in the same rack",
            "put them into several, or what happens to that one happens to every copy")
        : Finding.ok("brokers in " + racks + " racks");
  }

  private static String plural(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
