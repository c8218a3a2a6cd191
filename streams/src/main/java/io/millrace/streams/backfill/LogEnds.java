package io.millrace.streams.backfill;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/** Asks the cluster how far topics and groups are. Belongs to one thread. */
final class LogEnds implements AutoCloseable {
  private final Admin admin;

  LogEnds(Map<String, String> connection) {
    admin = Admin.create(new HashMap<String, Object>(connection));
  }

  Set<TopicPartition> partitions(List<String> topics) {
    try {
      var partitions = new HashSet<TopicPartition>();
      for (TopicDescription topic : admin.describeTopics(topics).allTopicNames().get().values()) {
        topic
            .partitions()
            .forEach(info -> partitions.add(new TopicPartition(topic.name(), info.partition())));
      }
      return partitions;
    } catch (ExecutionException failure) {
      throw failed("describe topics", failure);
    } catch (InterruptedException stopped) {
      throw stopped(stopped);
    }
  }

  /** The ends of everything, also of what is not committed yet. */
  Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
    var latest = new HashMap<TopicPartition, OffsetSpec>();
    partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
    try {
      var ends = new HashMap<TopicPartition, Long>();
      admin
          .listOffsets(latest)
          .all()
          .get()
          .forEach((partition, end) -> ends.put(partition, end.offset()));
      return ends;
    } catch (ExecutionException failure) {
      throw failed("read the ends of topics", failure);
    } catch (InterruptedException stopped) {
      throw stopped(stopped);
    }
  }

  /** Whether a group has processed and committed everything up to some ends. */
  boolean hasReached(String group, Map<TopicPartition, Long> ends) {
    try {
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin
              .listConsumerGroupOffsets(
                  Map.of(group, new ListConsumerGroupOffsetsSpec()),
                  new ListConsumerGroupOffsetsOptions().requireStable(true))
              .partitionsToOffsetAndMetadata(group)
              .get();
      return ends.entrySet().stream()
          .allMatch(
              end -> {
                OffsetAndMetadata position = committed.get(end.getKey());
                return end.getValue() == 0
                    || (position != null && position.offset() >= end.getValue());
              });
    } catch (ExecutionException failure) {
      throw failed("read the offsets of " + group, failure);
    } catch (InterruptedException stopped) {
      throw stopped(stopped);
    }
  }

  private static KafkaException failed(String what, ExecutionException failure) {
    return new KafkaException("Could not " + what, failure.getCause());
  }

  private static KafkaException stopped(InterruptedException stopped) {
    Thread.currentThread().interrupt();
    return new InterruptException(stopped);
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(5));
  }
}
