package io.millrace.streams.table;

import io.millrace.model.Namespace;
import io.millrace.model.Topic;
import io.millrace.views.table.TablePlan;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks the cluster about topics that belong to somebody else. Safe for any number of threads. */
public final class TableTopics implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Admin admin;
  private final Namespace namespace;

  /**
   * One that is connected.
   *
   * @param connection settings that any client needs to reach the cluster, by Kafka's names
   */
  public TableTopics(Map<String, String> connection, Namespace namespace) {
    this.namespace = namespace;
    var settings = new HashMap<String, Object>(connection);
    int millis = (int) PATIENCE.toMillis();
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
    admin = Admin.create(settings);
  }

  /**
   * Why a table cannot be read from its topic, as a clause; empty where it can. To be asked before
   * it is defined: a topic that is not there is a mistake in the name more often than not.
   */
  public Optional<String> obstacle(TablePlan plan) {
    boolean isOurs =
        Arrays.stream(Topic.values())
            .anyMatch(topic -> namespace.qualify(topic.localName()).equals(plan.topic()));
    if (isOurs) {
      return Optional.of("the topic " + plan.topic() + " is this program's own");
    }
    try {
      if (facts(plan.topic()).isEmpty()) {
        return Optional.of("there is no topic " + plan.topic());
      }
      String policy = cleanupPolicy(plan.topic());
      return policy.equals(TopicConfig.CLEANUP_POLICY_COMPACT)
          ? Optional.empty()
          : Optional.of(
              "the topic "
                  + plan.topic()
                  + " is not compacted (cleanup.policy="
                  + policy
                  + "), so it loses rows after a time");
    } catch (KafkaException unavailable) {
      return Optional.of(
          "the cluster does not tell about the topic "
              + plan.topic()
              + ": "
              + unavailable.getMessage());
    }
  }

  /**
   * What there is to know of a topic; empty where there is none.
   *
   * @throws KafkaException when the cluster does not say
   */
  Optional<TopicFacts> facts(String topic) {
    try {
      TopicDescription found =
          get(
              Objects.requireNonNull(
                  admin.describeTopics(List.of(topic)).topicNameValues().get(topic)));
      return Optional.of(new TopicFacts(found.topicId(), found.partitions().size()));
    } catch (UnknownTopicOrPartitionException missing) {
      return Optional.empty();
    }
  }

  private String cleanupPolicy(String topic) {
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    return get(Objects.requireNonNull(
            admin.describeConfigs(List.of(resource)).values().get(resource)))
        .get(TopicConfig.CLEANUP_POLICY_CONFIG)
        .value();
  }

  private static <T> T get(KafkaFuture<T> asked) {
    try {
      return asked.get(2 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof KafkaException known
          ? known
          : new KafkaException("the cluster did not answer", failed);
    } catch (TimeoutException late) {
      throw new KafkaException("the cluster did not answer", late);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new KafkaException("stopped while asking", stopped);
    }
  }

  @Override
  public void close() {
    admin.close(PATIENCE);
  }
}
