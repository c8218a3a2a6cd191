package io.millrace.streams;

import io.millrace.model.Namespace;
import io.millrace.model.Topic;
import io.millrace.streams.judge.StartPositions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the cluster what the application has committed. Rarely needed, so it connects each time.
 * Safe for any number of threads.
 */
final class CommittedPositions implements StartPositions {
  private static final Logger log = LoggerFactory.getLogger(CommittedPositions.class);

  /** The thread that asks has tasks to work on. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Map<String, String> connection;
  private final String group;
  private final String topic;

  CommittedPositions(Map<String, String> connection, Namespace namespace) {
    this.connection = connection;
    group = StreamsSettings.applicationId(namespace);
    topic = namespace.qualify(Topic.CLICK_EVENTS.localName());
  }

  @Override
  public OptionalLong of(int partition) {
    try {
      var asked = new TopicPartition(topic, partition);
      Map<TopicPartition, OffsetAndMetadata> answer = committed(asked);
      if (!answer.containsKey(asked)) {
        // Left out while a transaction that commits it is not decided.
        return OptionalLong.empty();
      }
      OffsetAndMetadata committed = answer.get(asked);
      // Of a partition that nothing was ever committed of, nothing was ever processed.
      return OptionalLong.of(committed == null ? 0 : committed.offset());
    } catch (ExecutionException | TimeoutException unavailable) {
      log.atInfo().setCause(unavailable).log("The committed offsets are asked for later");
      return OptionalLong.empty();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return OptionalLong.empty();
    }
  }

  private Map<TopicPartition, OffsetAndMetadata> committed(TopicPartition partition)
      throws ExecutionException, TimeoutException, InterruptedException {
    var settings = new HashMap<String, Object>(connection);
    int millis = (int) PATIENCE.toMillis();
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
    Admin admin = Admin.create(settings);
    try {
      return admin
          .listConsumerGroupOffsets(
              Map.of(group, new ListConsumerGroupOffsetsSpec().topicPartitions(List.of(partition))),
              new ListConsumerGroupOffsetsOptions().requireStable(true))
          .partitionsToOffsetAndMetadata(group)
          .get(millis, TimeUnit.MILLISECONDS);
    } finally {
      // Without a bound it would wait for an answer that may never come.
      admin.close(Duration.ofSeconds(1));
    }
  }
}
