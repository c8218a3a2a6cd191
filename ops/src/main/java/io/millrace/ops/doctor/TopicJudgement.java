package io.millrace.ops.doctor;

import io.millrace.model.TopicSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether topics are as they must be, can be made, and have what they need to be written. Pure. */
final class TopicJudgement {
  private static final Set<String> KAFKAS = Set.of("__consumer_offsets", "__transaction_state");

  private TopicJudgement() {}

  static List<Finding> of(ClusterFacts facts, Needs needs) {
    var findings = new ArrayList<Finding>();
    for (String difference : facts.differences()) {
      findings.add(
          Finding.problem(
              difference,
              "change it with kafka-configs.sh, or the configuration of all instances"));
    }
    facts.creations().entrySet().stream()
        .filter(creation -> !creation.getValue().isEmpty())
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            creation ->
                findings.add(
                    Finding.problem(
                        creation.getKey() + " cannot be made: " + creation.getValue(),
                        "make it as docs/reference/topics.md says, or let this user make it")));
    facts.topics().stream()
        .sorted(Comparator.comparing(TopicFacts::name))
        .forEach(topic -> findings.addAll(of(topic, needs)));
    if (findings.isEmpty()) {
      findings.add(summary(facts, needs));
    }
    return findings;
  }

  private static Finding summary(ClusterFacts facts, Needs needs) {
    Set<String> present = facts.topics().stream().map(TopicFacts::name).collect(Collectors.toSet());
    long there = needs.topics().stream().map(TopicSpec::name).filter(present::contains).count();
    return Finding.ok(
        there
            + " of "
            + needs.topics().size()
            + " topics are there"
            + (there < needs.topics().size() ? "; the others can be made" : ""));
  }

  private static List<Finding> of(TopicFacts topic, Needs needs) {
    var findings = new ArrayList<Finding>();
    if (topic.leaderless() > 0) {
      findings.add(
          Finding.problem(
              topic.name() + ": " + topic.leaderless() + " partitions have no leader",
              "bring back the brokers that have them"));
    }
    if (topic.incomplete() > 0) {
      findings.add(
          Finding.warning(
              topic.name() + ": " + topic.incomplete() + " partitions lack a replica in sync",
              "wait, or see which broker is away or behind"));
    }
    if (topic.fewestReplicas() < needs.replicationFactor() && !isCompared(topic, needs)) {
      findings.add(
          Finding.problem(
              topic.name()
                  + " has partitions with "
                  + topic.fewestReplicas()
                  + " of "
                  + needs.replicationFactor()
                  + " copies",
              "add replicas with kafka-reassign-partitions.sh"));
    }
    findings.addAll(durability(topic));
    return findings;
  }

  /** Whether its copies are among the differences already. */
  private static boolean isCompared(TopicFacts topic, Needs needs) {
    return needs.topics().stream().anyMatch(spec -> spec.name().equals(topic.name()));
  }

  private static List<Finding> durability(TopicFacts topic) {
    var findings = new ArrayList<Finding>();
    String inSync = topic.settings().getOrDefault("min.insync.replicas", "");
    boolean isKnown = inSync.matches("\\d{1,4}");
    if (isKnown && topic.fewestReplicas() > 1 && Integer.parseInt(inSync) < 2) {
      findings.add(
          Finding.problem(
              topic.name() + ": min.insync.replicas is " + inSync,
              "what is acknowledged may stand on one disk only; set it to 2"));
    }
    if (isKnown
        && Integer.parseInt(inSync) <= topic.fewestReplicas()
        && Integer.parseInt(inSync) > topic.fewestInSync()) {
      findings.add(
          Finding.problem(
              topic.name()
                  + " has partitions with "
                  + topic.fewestInSync()
                  + " replicas in sync, and min.insync.replicas is "
                  + inSync,
              "nothing can be written to them; bring back the brokers that have the others"));
    }
    if (isKnown && Integer.parseInt(inSync) > topic.fewestReplicas()) {
      findings.add(
          Finding.problem(
              topic.name()
                  + ": min.insync.replicas is "
                  + inSync
                  + ", with "
                  + topic.fewestReplicas()
                  + " copies",
              "nothing can be written to it; add replicas, or set it to less"));
    }
    if ("true".equals(topic.settings().get("unclean.leader.election.enable"))
        && !KAFKAS.contains(topic.name())) {
      findings.add(
          Finding.problem(
              topic.name() + ": unclean.leader.election.enable is true",
              "a replica that lacks acknowledged events may become the leader; set it to false"));
    }
    return findings;
  }
}
