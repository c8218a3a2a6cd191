package io.millrace.ops;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;

/**
 * Deletes what a group has processed from a topic that is only a way between two parts of the
 * program. Age would be the wrong measure: a part that is away for long must find everything when
 * it returns. Safe for any number of threads.
 */
public final class ProcessedRecords {
  private final Cluster cluster;
  private final String topic;
  private final OffsetReader offsets;

  public ProcessedRecords(Cluster cluster, String topic, String group) {
    this.cluster = cluster;
    this.topic = topic;
    this.offsets = new OffsetReader(cluster, topic, group);
  }

  /** Deletes everything before the committed offset of each partition. */
  public void delete() {
    Map<TopicPartition, RecordsToDelete> before = new HashMap<>();
    offsets
        .committed()
        .forEach(
            (partition, offset) -> {
              if (offset > 0) {
                before.put(
                    new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(offset));
              }
            });
    if (!before.isEmpty()) {
      cluster.await(
          "delete processed records of " + topic, cluster.admin().deleteRecords(before).all());
    }
  }
}
