package io.millrace.server.drill;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;

/** What the cluster says of itself. Safe for any number of threads. */
final class KafkaFacts implements AutoCloseable {
  private static final int LIMIT_SECONDS = 20;

  private final Admin admin;
  private final int brokers;

  /**
   * @param brokers how many there are when all are there
   */
  KafkaFacts(Map<String, String> connection, int brokers) {
    var settings = new HashMap<String, Object>(connection);
    settings.put("request.timeout.ms", 4_000);
    settings.put("default.api.timeout.ms", 15_000);
    settings.put("socket.connection.setup.timeout.ms", 1_500);
    settings.put("enable.metrics.push", false);
    admin = Admin.create(settings);
    this.brokers = brokers;
  }

  /** The broker that leads a partition; empty while none does. */
  Optional<Integer> leaderOf(String topic, int partition) throws InterruptedException {
    return answer(admin.describeTopics(List.of(topic)).allTopicNames())
        .flatMap(topics -> topics.values().stream().findFirst())
        .flatMap(found -> Optional.ofNullable(found.partitions().get(partition).leader()))
        .filter(leader -> !leader.isEmpty())
        .map(Node::id);
  }

  /** The broker that is the active controller of the quorum. */
  Optional<Integer> controller() throws InterruptedException {
    return answer(admin.describeMetadataQuorum().quorumInfo()).map(quorum -> quorum.leaderId());
  }

  /** The broker that coordinates most of the transactions whose ids begin with a prefix. */
  Optional<Integer> transactionCoordinator(String prefix) throws InterruptedException {
    return answer(admin.listTransactions().all())
        .flatMap(
            all ->
                all.stream()
                    .map(listing -> listing.transactionalId())
                    .filter(id -> id.startsWith(prefix))
                    .findFirst())
        .flatMap(this::coordinatorOf);
  }

  private Optional<Integer> coordinatorOf(String transactionalId) {
    try {
      return answer(admin.describeTransactions(List.of(transactionalId)).all())
          .flatMap(found -> found.values().stream().findFirst())
          .map(TransactionDescription::coordinatorId);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Whether all brokers take part and every replica of every partition is in sync. */
  boolean isWhole() throws InterruptedException {
    Optional<Collection<Node>> nodes = answer(admin.describeCluster().nodes());
    if (nodes.isEmpty() || nodes.get().size() < brokers) {
      return false;
    }
    return answer(admin.listTopics(new ListTopicsOptions().listInternal(true)).names())
        .flatMap(names -> described(names))
        .map(
            topics ->
                topics.values().stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .allMatch(KafkaFacts::isInSync))
        .orElse(false);
  }

  private Optional<Map<String, TopicDescription>> described(Collection<String> names) {
    try {
      return answer(admin.describeTopics(names).allTopicNames());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static boolean isInSync(TopicPartitionInfo partition) {
    return partition.leader() != null && partition.isr().size() == partition.replicas().size();
  }

  private static <T> Optional<T> answer(KafkaFuture<T> future) throws InterruptedException {
    try {
      return Optional.of(future.get(LIMIT_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException | TimeoutException notNow) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(2));
  }
}
