package io.millrace.ops.doctor;

import java.util.List;
import java.util.Map;

/**
 * What was seen of a cluster.
 *
 * @param supported the highest level of each feature that all brokers know
 * @param features the level of each feature that is in use
 * @param topics that are there and may be seen: those of Millrace and those that Kafka needs itself
 * @param differences of topics that are there from what they must be
 * @param creations of topics that are missing: why each could not be made; empty where it could
 * @param unseen what could not be looked at, each with the reason
 * @param refusedGroups groups that may not be used, and ids of transactions
 * @param appends empty where nothing was written
 */
public record ClusterFacts(
    List<BrokerFacts> brokers,
    Map<String, Integer> supported,
    Map<String, Integer> features,
    List<TopicFacts> topics,
    List<String> differences,
    Map<String, String> creations,
    List<String> unseen,
    List<String> refusedGroups,
    List<AppendTimes> appends) {

  public ClusterFacts {
    brokers = List.copyOf(brokers);
    supported = Map.copyOf(supported);
    features = Map.copyOf(features);
    topics = List.copyOf(topics);
    differences = List.copyOf(differences);
    creations = Map.copyOf(creations);
    unseen = List.copyOf(unseen);
    refusedGroups = List.copyOf(refusedGroups);
    appends = List.copyOf(appends);
  }
}
