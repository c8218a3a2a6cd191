package io.millrace.ops.doctor;

import io.millrace.model.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;

/**
 * Whether brokers are set up so that what they acknowledged stays, and what the processing does is
 * allowed. Pure.
 */
final class BrokerSettingsJudgement {
  private static final int SAFE_COPIES = 2;
  private static final Duration LONG_ENOUGH = Duration.ofDays(7);

  private final List<BrokerFacts> brokers;
  private final List<Finding> findings = new ArrayList<>();

  private BrokerSettingsJudgement(List<BrokerFacts> brokers) {
    this.brokers = brokers;
  }

  static List<Finding> of(ClusterFacts facts, Needs needs) {
    List<BrokerFacts> readable =
        facts.brokers().stream().filter(broker -> !broker.settings().isEmpty()).toList();
    return readable.isEmpty()
        ? List.of()
        : new BrokerSettingsJudgement(readable).judge(needs, facts.brokers().size());
  }

  private List<Finding> judge(Needs needs, int brokerCount) {
    int copies = Math.min(needs.replicationFactor(), brokerCount);
    if (copies > 1) {
      requireSafe(copies);
    }
    refuse(
        "unclean.leader.election.enable",
        "true",
        true,
        "a replica that lacks acknowledged events may become the leader; set it to false");
    refuse(
        "auto.create.topics.enable",
        "true",
        false,
        "a misspelt name makes a topic with settings that nobody chose; set it to false");
    require(
        "offsets.retention.minutes",
        value -> value >= LONG_ENOUGH.toMinutes(),
        false,
        "a processor that rests longer loses its place in the log; set it to "
            + LONG_ENOUGH.toMinutes()
            + " or more");
    require(
        "transaction.max.timeout.ms",
        value -> value >= needs.transactionTimeout().toMillis(),
        true,
        "the processing asks for "
            + needs.transactionTimeout().toMillis()
            + "; set it to that or more");
    require(
        "group.min.session.timeout.ms",
        value -> value <= needs.sessionTimeout().toMillis(),
        true,
        "the processing asks for "
            + needs.sessionTimeout().toMillis()
            + "; set it to that or less");
    require(
        "group.max.session.timeout.ms",
        value -> value >= needs.sessionTimeout().toMillis(),
        true,
        "the processing asks for "
            + needs.sessionTimeout().toMillis()
            + "; set it to that or more");
    require(
        "message.max.bytes",
        value -> value >= Topic.MOST_BYTES_IN,
        true,
        "the state of the processing is logged in batches of up to "
            + Topic.MOST_BYTES_IN
            + " bytes; set it to that or more");
    if (findings.isEmpty()) {
      findings.add(Finding.ok("settings of the brokers"));
    }
    return findings;
  }

  private void requireSafe(int copies) {
    for (String key : List.of("min.insync.replicas", "transaction.state.log.min.isr")) {
      require(
          key,
          value -> value >= Math.min(SAFE_COPIES, copies),
          true,
          "what is acknowledged may stand on one disk only; set it to " + SAFE_COPIES);
      require(
          key,
          value -> value < copies || copies == SAFE_COPIES,
          true,
          "with " + copies + " copies no broker may be away; set it to " + SAFE_COPIES);
    }
    for (String key :
        List.of("offsets.topic.replication.factor", "transaction.state.log.replication.factor")) {
      require(
          key,
          value -> value >= copies,
          true,
          "where the processing is would be lost with one broker; set it to "
              + copies
              + " before the topic is made, or add replicas with kafka-reassign-partitions.sh");
    }
  }

  private void refuse(String key, String bad, boolean isProblem, String advice) {
    List<BrokerFacts> offenders =
        brokers.stream().filter(broker -> bad.equals(broker.settings().get(key))).toList();
    report(key + " is " + bad, offenders, isProblem, advice);
  }

  private void require(String key, LongPredicate holds, boolean isProblem, String advice) {
    brokers.stream()
        .filter(broker -> number(broker, key).stream().anyMatch(value -> !holds.test(value)))
        .collect(Collectors.groupingBy(broker -> number(broker, key).orElse(0)))
        .forEach((value, offenders) -> report(key + " is " + value, offenders, isProblem, advice));
  }

  private void report(String what, List<BrokerFacts> offenders, boolean isProblem, String advice) {
    if (offenders.isEmpty()) {
      return;
    }
    String where =
        offenders.size() == brokers.size()
            ? ""
            : offenders.stream()
                .map(broker -> String.valueOf(broker.id()))
                .collect(Collectors.joining(", ", " on broker ", ""));
    findings.add(
        isProblem ? Finding.problem(what + where, advice) : Finding.warning(what + where, advice));
  }

  private static OptionalLong number(BrokerFacts broker, String key) {
    return Optional.ofNullable(broker.settings().get(key)).stream()
        .filter(text -> text.matches("-?\\d{1,18}"))
        .mapToLong(Long::parseLong)
        .findFirst();
  }
}
