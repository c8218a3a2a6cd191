package io.millrace.ops.doctor;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;

/**
 * What is known of a topic that is there.
 *
 * @param fewestReplicas of any of its partitions
 * @param fewestInSync replicas of any of its partitions
 * @param leaderless partitions that nobody can read or write now
 * @param incomplete partitions with a replica that is not in sync
 * @param settings by Kafka's names; empty where they may not be read
 * @param allowed what the one who asks may do with it
 */
public record TopicFacts(
    String name,
    int fewestReplicas,
    int fewestInSync,
    int leaderless,
    int incomplete,
    Map<String, String> settings,
    Set<AclOperation> allowed) {

  public TopicFacts {
    settings = Map.copyOf(settings);
    allowed = Set.copyOf(allowed);
  }
}
