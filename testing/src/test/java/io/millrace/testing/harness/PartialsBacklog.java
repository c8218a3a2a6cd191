package io.millrace.testing.harness;

import io.millrace.model.Namespace;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Tells whether everything that stage 1 has sent is in the cells. The books alone do not: their
 * cell may be merged some milliseconds before those of the other views.
 */
public final class PartialsBacklog implements AutoCloseable {
  private final Admin admin;
  private final String topic;
  private final String group;

  public PartialsBacklog(String bootstrapServers) {
    this(bootstrapServers, Namespace.DEFAULT);
  }

  public PartialsBacklog(String bootstrapServers, Namespace namespace) {
    topic = namespace.qualify("rollup-partials");
    group = namespace.qualify("millrace-processor");
    admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
  }

  /** How many records of the partials have not been merged and committed. */
  public long size() {
    try {
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin
              .listConsumerGroupOffsets(
                  Map.of(group, new ListConsumerGroupOffsetsSpec()),
                  new ListConsumerGroupOffsetsOptions().requireStable(true))
              .partitionsToOffsetAndMetadata(group)
              .get();
      var partitions =
          admin.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
              .flatMap(described -> described.partitions().stream())
              .map(info -> new TopicPartition(topic, info.partition()))
              .collect(Collectors.toMap(each -> each, each -> OffsetSpec.latest()));
      return admin.listOffsets(partitions).all().get().entrySet().stream()
          .mapToLong(end -> end.getValue().offset() - offsetIn(committed, end.getKey()))
          .sum();
    } catch (ExecutionException failure) {
      throw new IllegalStateException("the cluster does not tell offsets", failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while reading offsets", stopped);
    }
  }

  private static long offsetIn(
      Map<TopicPartition, OffsetAndMetadata> committed, TopicPartition partition) {
    OffsetAndMetadata position = committed.get(partition);
    return position == null ? 0 : position.offset();
  }

  @Override
  public void close() {
    admin.close();
  }
}
