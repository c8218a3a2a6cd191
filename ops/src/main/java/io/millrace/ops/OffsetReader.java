package io.millrace.ops;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Asks the cluster how long a topic's partitions are and how far a group has come. Safe for any
 * number of threads.
 */
public final class OffsetReader {
  private final Cluster cluster;
  private final String topic;
  private final String group;

  public OffsetReader(Cluster cluster, String topic, String group) {
    this.cluster = cluster;
    this.topic = topic;
    this.group = group;
  }

  /** The next offset of each partition: how many records were ever appended to it. */
  public Map<Integer, Long> ends() {
    Map<TopicPartition, OffsetSpec> latest =
        partitions().stream()
            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
    var offsets = new TreeMap<Integer, Long>();
    cluster
        .await("read the end of " + topic, cluster.admin().listOffsets(latest).all())
        .forEach((partition, end) -> offsets.put(partition.partition(), end.offset()));
    return offsets;
  }

  /**
   * The offset of each partition before which the group has processed everything, by finished
   * transactions alone.
   */
  public Map<Integer, Long> committed() {
    Map<TopicPartition, OffsetAndMetadata> stored =
        cluster.await(
            "read the committed offsets of " + group,
            cluster
                .admin()
                .listConsumerGroupOffsets(
                    Map.of(group, new ListConsumerGroupOffsetsSpec()),
                    new ListConsumerGroupOffsetsOptions().requireStable(true))
                .partitionsToOffsetAndMetadata(group));
    var offsets = new TreeMap<Integer, Long>();
    stored.forEach(
        (partition, position) -> {
          if (partition.topic().equals(topic) && position != null) {
            offsets.put(partition.partition(), position.offset());
          }
        });
    return offsets;
  }

  private List<TopicPartition> partitions() {
    Map<String, TopicDescription> described =
        cluster.await(
            "describe " + topic, cluster.admin().describeTopics(List.of(topic)).allTopicNames());
    int count = described.values().stream().mapToInt(found -> found.partitions().size()).sum();
    return IntStream.range(0, count)
        .mapToObj(partition -> new TopicPartition(topic, partition))
        .toList();
  }
}
