package io.millrace.ops.doctor;

import io.millrace.ops.AccessRole;
import io.millrace.ops.Grant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Whether the one who asks may do what the roles need, as the brokers themselves say. A cluster
 * without an authorizer allows everything. Pure.
 */
final class RightsJudgement {
  private RightsJudgement() {}

  static List<Finding> of(ClusterFacts facts, Needs needs) {
    Map<String, TopicFacts> topics =
        facts.topics().stream().collect(Collectors.toMap(TopicFacts::name, Function.identity()));
    var findings = new ArrayList<Finding>();
    new TreeMap<>(needs.grants())
        .forEach((role, grants) -> findings.addAll(of(role, grants, topics)));
    for (String refused : facts.refusedGroups()) {
      findings.add(Finding.problem(refused, "see what is needed with: millrace acls --print"));
    }
    if (findings.isEmpty()) {
      findings.add(Finding.ok("rights of " + names(needs)));
    }
    return findings;
  }

  private static List<Finding> of(
      AccessRole role, List<Grant> grants, Map<String, TopicFacts> topics) {
    var findings = new ArrayList<Finding>();
    for (Grant grant : grants) {
      TopicFacts topic = topics.get(grant.resource().name());
      boolean isOfATopic =
          grant.resource().resourceType() == ResourceType.TOPIC
              && grant.resource().patternType() == PatternType.LITERAL;
      // To make a topic that is there nobody needs a right any longer.
      if (isOfATopic
          && topic != null
          && grant.operation() != AclOperation.CREATE
          && !topic.allowed().contains(grant.operation())) {
        findings.add(
            Finding.problem(
                "no right to "
                    + grant.operation()
                    + " on "
                    + topic.name()
                    + ": the "
                    + role
                    + " cannot "
                    + grant.ability(),
                "see what is needed with: millrace acls --print --role " + role));
      }
    }
    return findings;
  }

  private static String names(Needs needs) {
    return needs.grants().keySet().stream()
        .sorted()
        .map(AccessRole::label)
        .collect(Collectors.joining(", "));
  }
}
