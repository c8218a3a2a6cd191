package io.millrace.ops.doctor;

import io.millrace.model.TopicSpec;
import io.millrace.ops.AccessRole;
import io.millrace.ops.Grant;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What an instance needs of a cluster.
 *
 * @param topics that must be there, or can be made
 * @param replicationFactor of all topics
 * @param grants what each role of the instance must be able to do
 * @param internalTopicPrefix of the topics that the processing makes for itself
 * @param scratchTopic name of a topic that may be made, written to and deleted to measure with
 * @param transactionTimeout of the processing
 * @param sessionTimeout of its group
 * @param usesStreamsProtocol whether the group agrees by the newest protocol
 */
public record Needs(
    List<TopicSpec> topics,
    int replicationFactor,
    Map<AccessRole, List<Grant>> grants,
    String internalTopicPrefix,
    String scratchTopic,
    Duration transactionTimeout,
    Duration sessionTimeout,
    boolean usesStreamsProtocol) {

  public Needs {
    topics = List.copyOf(topics);
    grants = Map.copyOf(grants);
  }
}
