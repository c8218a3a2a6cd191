package io.millrace.streams;

import io.millrace.model.Namespace;
import io.millrace.model.Topic;
import io.millrace.streams.rollup.CommitPace;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * How the Kafka Streams application runs.
 *
 * @param connection settings that any client needs to reach the cluster, by Kafka's names, such as
 *     {@code bootstrap.servers}
 * @param stateFolder where stores live between starts; must not be below the system's temporary
 *     folder
 * @param threads that process tasks
 * @param commits how often there is a transaction: what comes out waits for half of that on average
 * @param replicationFactor of the topics that Kafka Streams makes for itself
 * @param standbyReplicas of each task's state, kept up to date by other processes, so that one of
 *     them goes on without reading the state from its topics first; more than there are other
 *     processes cannot be
 */
public record StreamsSettings(
    Namespace namespace,
    Map<String, String> connection,
    Path stateFolder,
    int threads,
    CommitPace commits,
    int replicationFactor,
    int standbyReplicas) {
  private static final String APPLICATION = "millrace-processor";
  private static final int MOST_STANDBY_REPLICAS = 9;

  /** Visitors and cells have caches of their own. */
  private static final long RECORD_CACHE_BYTES = 8L << 20;

  public StreamsSettings {
    connection = Map.copyOf(connection);
    if (threads < 1) {
      throw new IllegalArgumentException("threads: expected at least 1, got " + threads);
    }
    if (standbyReplicas < 0 || standbyReplicas > MOST_STANDBY_REPLICAS) {
      throw new IllegalArgumentException(
          "standby-replicas: expected 0 to " + MOST_STANDBY_REPLICAS + ", got " + standbyReplicas);
    }
  }

  /** Without standby replicas, as for one process. */
  public StreamsSettings(
      Namespace namespace,
      Map<String, String> connection,
      Path stateFolder,
      int threads,
      CommitPace commits,
      int replicationFactor) {
    this(namespace, connection, stateFolder, threads, commits, replicationFactor, 0);
  }

  /** The same with so many standby replicas. */
  public StreamsSettings withStandbyReplicas(int count) {
    return new StreamsSettings(
        namespace, connection, stateFolder, threads, commits, replicationFactor, count);
  }

  /**
   * The consumer group, which is also the prefix of the application's internal topics and
   * transactional ids.
   */
  public String applicationId() {
    return applicationId(namespace);
  }

  public static String applicationId(Namespace namespace) {
    return namespace.qualify(APPLICATION);
  }

  public Properties toProperties() {
    var properties = new Properties();
    properties.putAll(connection);
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId());
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stateFolder.toString());
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
    // The processors ask for a commit earlier while there is no backlog.
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commits.catchingUp().toMillis());
    properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, replicationFactor);
    properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, standbyReplicas);
    properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, RECORD_CACHE_BYTES);
    properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
    properties.put(StreamsConfig.POLL_MS_CONFIG, 20);
    properties.put(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    consumer(properties, ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    producer(properties, ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    consumer(properties, ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    // A killed instance is noticed within seconds instead of Kafka's 45.
    consumer(properties, ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000);
    consumer(properties, ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1_500);
    consumer(properties, ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
    producer(properties, ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    producer(properties, ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topic.MOST_BYTES_ON);
    producer(properties, ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10);
    // Every commit flushes, so lingering only fills batches and delays nothing.
    producer(properties, ProducerConfig.LINGER_MS_CONFIG, 50);
    producer(properties, ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 10_000);
    // A broker that is still ending the transaction before asks to try again, which takes
    // milliseconds.
    producer(properties, ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 5);
    return properties;
  }

  private static void consumer(Properties properties, String key, Object value) {
    properties.put(StreamsConfig.mainConsumerPrefix(key), value);
  }

  private static void producer(Properties properties, String key, Object value) {
    properties.put(StreamsConfig.producerPrefix(key), value);
  }
}
