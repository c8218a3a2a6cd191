package io.millrace.ops.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Whether the brokers are new enough. Pure. */
final class FeatureJudgement {
  private static final String METADATA = "metadata.version";
  private static final String TRANSACTIONS = "transaction.version";
  private static final String STREAMS = "streams.version";

  /** Of Kafka 3.7, the oldest that is supported. */
  private static final int OLDEST_METADATA = 19;

  /** From which a transaction that a dead producer left cannot take in what another writes. */
  private static final int SAFE_TRANSACTIONS = 2;

  /** From which level of its metadata on each release is, by Kafka's own table. */
  private static final NavigableMap<Integer, String> RELEASES =
      new TreeMap<>(
          Map.of(
              1, "3.0", 4, "3.3", 8, "3.4", 9, "3.5", 12, "3.6", 15, "3.7", 20, "3.8", 21, "3.9",
              22, "4.0", 26, "4.1"));

  private static final int FIRST_OF_4_2 = 28;
  private static final int FIRST_OF_4_3 = 30;
  private static final int FIRST_UNKNOWN = 31;

  static {
    RELEASES.put(FIRST_OF_4_2, "4.2");
    RELEASES.put(FIRST_OF_4_3, "4.3");
    RELEASES.put(FIRST_UNKNOWN, "4.4 or later");
  }

  private FeatureJudgement() {}

  static List<Finding> of(ClusterFacts facts, Needs needs) {
    var findings = new ArrayList<Finding>();
    int supported = facts.supported().getOrDefault(METADATA, 0);
    int used = facts.features().getOrDefault(METADATA, 0);
    if (supported == 0) {
      findings.add(
          Finding.problem(
              "the brokers have no " + METADATA + ": an old Kafka, or one on ZooKeeper",
              "use Kafka 3.7 or later with KRaft"));
      return findings;
    }
    findings.add(release(supported));
    if (used < supported) {
      findings.add(
          Finding.warning(
              METADATA + " is still that of Kafka " + name(used),
              "when the upgrade of the brokers is over: kafka-features.sh upgrade --release-version"));
    }
    findings.add(transactions(facts));
    if (needs.usesStreamsProtocol() && facts.features().getOrDefault(STREAMS, 0) < 1) {
      findings.add(
          Finding.problem(
              "processing.group-protocol is streams, which the brokers do not have ("
                  + STREAMS
                  + ")",
              "set processing.group-protocol=classic, or: kafka-features.sh upgrade --feature "
                  + STREAMS
                  + "=1"));
    }
    return findings;
  }

  private static Finding release(int supported) {
    return supported < OLDEST_METADATA
        ? Finding.problem("Kafka " + name(supported), "use Kafka 3.7 or later")
        : Finding.ok("Kafka " + name(supported));
  }

  private static Finding transactions(ClusterFacts facts) {
    int level = facts.features().getOrDefault(TRANSACTIONS, 0);
    return level < SAFE_TRANSACTIONS
        ? Finding.warning(
            TRANSACTIONS
                + " is "
                + level
                + ": after a crash a transaction can hang until it times out",
            "with Kafka 4.0 or later: kafka-features.sh upgrade --feature " + TRANSACTIONS + "=2")
        : Finding.ok(TRANSACTIONS + " " + level);
  }

  private static String name(int level) {
    var release = RELEASES.floorEntry(level);
    return release == null ? "before 3.0" : release.getValue();
  }
}
