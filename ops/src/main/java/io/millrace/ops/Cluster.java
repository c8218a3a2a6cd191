package io.millrace.ops;

import io.millrace.ops.OperationsException.Code;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaFuture;

/**
 * A connection to a Kafka cluster for operators' work, with a bound on every wait. Safe for any
 * number of threads.
 */
public final class Cluster implements AutoCloseable {
  /** What a busy machine needs now and then; a cluster that is well answers in milliseconds. */
  static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final Admin admin;
  private final Map<String, String> connection;

  private Cluster(Admin admin, Map<String, String> connection) {
    this.admin = admin;
    this.connection = connection;
  }

  /**
   * Connects; nothing is asked of the cluster yet.
   *
   * @param connection settings that any client needs to reach the cluster, by Kafka's names
   */
  public static Cluster connect(Map<String, String> connection) {
    var settings = new HashMap<String, Object>(connection);
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
    return new Cluster(Admin.create(settings), Map.copyOf(connection));
  }

  public Map<String, String> connection() {
    return connection;
  }

  /** How many copies there are of a topic. */
  public int replicasOf(String topic) {
    return await("describe " + topic, admin.describeTopics(List.of(topic)).allTopicNames())
        .values()
        .stream()
        .mapToInt(description -> description.partitions().getFirst().replicas().size())
        .min()
        .orElse(1);
  }

  Admin admin() {
    return admin;
  }

  /**
   * The answer of the cluster; what it answers with instead is thrown with the cluster's own words.
   */
  <T> T await(String what, KafkaFuture<T> answer) {
    try {
      return answer.get(TIMEOUT.toMillis() + 1_000, TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new OperationsException(
          Code.CLUSTER_UNAVAILABLE, "Stopped while waiting to " + what, stopped);
    } catch (ExecutionException failure) {
      Throwable cause = failure.getCause() == null ? failure : failure.getCause();
      throw new OperationsException(
          Code.CLUSTER_UNAVAILABLE, "Could not " + what + ": " + cause.getMessage(), cause);
    } catch (TimeoutException late) {
      throw new OperationsException(
          Code.CLUSTER_UNAVAILABLE,
          "Could not " + what + " within " + TIMEOUT.toSeconds() + " s; is the cluster up?",
          late);
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(5));
  }
}
