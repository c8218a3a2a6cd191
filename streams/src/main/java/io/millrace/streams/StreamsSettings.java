package io.millrace.streams;

import io.millrace.model.Namespace;
import io.millrace.model.Topic;
import io.millrace.model.TopicLayout;
import io.millrace.streams.rollup.CommitPace;
import io.millrace.streams.sharing.WarmFirstAssignor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.utils.Utils;
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
 * @param group how the work is shared with other processes
 */
public record StreamsSettings(
    Namespace namespace,
    Map<String, String> connection,
    Path stateFolder,
    int threads,
    CommitPace commits,
    int replicationFactor,
    GroupSettings group) {
  private static final String APPLICATION = "millrace-processor";
  private static final String RACK_TAG = "rack";

  /** Copies of state that are made at a time for a processor that is to work on more. */
  private static final int MOST_WARM_UPS = 8;

  /** How much longer than it should be open a transaction may be. */
  private static final Duration TRANSACTION_MARGIN = Duration.ofSeconds(4);

  private static final int REQUEST_MILLIS = 3_000;
  private static final int CONSUMER_REQUEST_MILLIS = 6_000;
  private static final int LONGEST_BACKOFF_MILLIS = 200;
  private static final int RESTORE_WAIT_MILLIS = 100;
  private static final int METADATA_MILLIS = 3_000;
  private static final int FETCH_BYTES = 8 << 20;
  private static final List<String> CLIENTS =
      List.of(
          StreamsConfig.CONSUMER_PREFIX,
          StreamsConfig.PRODUCER_PREFIX,
          StreamsConfig.ADMIN_CLIENT_PREFIX);

  /** Visitors and cells have caches of their own. */
  private static final long RECORD_CACHE_BYTES = 8L << 20;

  public StreamsSettings {
    connection = Map.copyOf(connection);
    if (threads < 1) {
      throw new IllegalArgumentException("threads: expected at least 1, got " + threads);
    }
  }

  /** Of a process that is alone. */
  public StreamsSettings(
      Namespace namespace,
      Map<String, String> connection,
      Path stateFolder,
      int threads,
      CommitPace commits,
      int replicationFactor) {
    this(
        namespace,
        connection,
        stateFolder,
        threads,
        commits,
        replicationFactor,
        GroupSettings.ALONE);
  }

  /** The same with so many standby replicas. */
  public StreamsSettings withStandbyReplicas(int count) {
    return withGroup(group.withStandbyReplicas(count));
  }

  /** The same of a process that shares the work. */
  public StreamsSettings withGroup(GroupSettings shared) {
    return new StreamsSettings(
        namespace, connection, stateFolder, threads, commits, replicationFactor, shared);
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

  /** Deletes what is kept on the disk, while nothing works on it. */
  void deleteState() {
    Path folder = stateFolder.resolve(applicationId());
    try {
      Utils.delete(folder.toFile());
    } catch (IOException failure) {
      throw new UncheckedIOException("The broken state in " + folder + " stays", failure);
    }
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
    properties.put(
        StreamsConfig.topicPrefix(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG),
        TopicLayout.minInSync(replicationFactor));
    share(properties);
    properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, RECORD_CACHE_BYTES);
    properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
    properties.put(StreamsConfig.POLL_MS_CONFIG, 20);
    properties.put(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    consumer(properties, ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    producer(properties, ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    consumer(properties, ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    consumer(properties, ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
    producer(properties, ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    producer(properties, ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topic.MOST_BYTES_ON);
    producer(properties, ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10);
    // Every commit flushes, so lingering only fills batches and delays nothing.
    producer(properties, ProducerConfig.LINGER_MS_CONFIG, 50);
    // Who takes over waits until the transaction of a killed one has been ended.
    producer(
        properties,
        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
        (int) commits.catchingUp().plus(TRANSACTION_MARGIN).toMillis());
    failOver(properties);
    // A copy that becomes a working task asks for the rest of its changelog only when the broker
    // has answered the question before, and it waits so long with that when there is nothing new.
    properties.put(
        StreamsConfig.restoreConsumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG),
        RESTORE_WAIT_MILLIS);
    // A broker that is still ending the transaction before asks to try again, which takes
    // milliseconds.
    producer(properties, ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 5);
    return properties;
  }

  /**
   * How soon another broker is asked, or the same again: within seconds instead of Kafka's 30 and
   * more. A commit takes several requests one after the other, and each may meet a broker that
   * stands still, or is cut off and does not even refuse a connection. What the connection of this
   * process says otherwise holds.
   */
  private static void failOver(Properties properties) {
    properties.putIfAbsent(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
    byDefault(
        properties, CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, LONGEST_BACKOFF_MILLIS);
    byDefault(properties, CommonClientConfigs.RETRY_BACKOFF_MAX_MS_CONFIG, LONGEST_BACKOFF_MILLIS);
    byDefault(properties, CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, 1_500);
    byDefault(properties, CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, 3_000);
    // A broker that was replaced and does not know it tells of itself as the leader, for as long as
    // nobody else is asked.
    if (!properties.containsKey(CommonClientConfigs.METADATA_MAX_AGE_CONFIG)) {
      properties.put(
          StreamsConfig.adminClientPrefix(CommonClientConfigs.METADATA_MAX_AGE_CONFIG),
          METADATA_MILLIS);
    }
    if (properties.get(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG).equals(REQUEST_MILLIS)) {
      // Members wait in one of these while one of them decides who works on what.
      properties.put(
          StreamsConfig.CONSUMER_PREFIX + CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG,
          CONSUMER_REQUEST_MILLIS);
    }
    // What one request brings has to come within its time over a slow line too.
    properties.putIfAbsent(
        StreamsConfig.CONSUMER_PREFIX + ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
  }

  /** For every client, unless the connection says it for all. */
  private static void byDefault(Properties properties, String setting, int value) {
    if (!properties.containsKey(setting)) {
      for (String clients : CLIENTS) {
        properties.put(clients + setting, value);
      }
    }
  }

  private void share(Properties properties) {
    switch (group.protocol()) {
      case CLASSIC -> {
        properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, group.standbyReplicas());
        properties.put(StreamsConfig.MAX_WARMUP_REPLICAS_CONFIG, MOST_WARM_UPS);
        WarmFirstAssignor.install(properties);
        // A killed instance is noticed within seconds instead of Kafka's 45.
        consumer(properties, ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000);
        // By the answer to a heartbeat a member learns that the work is shared anew, and what moves
        // stands still until all have: Kafka's 3 seconds would be the greater part of each move.
        consumer(properties, ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 250);
        group
            .instance()
            .ifPresent(name -> consumer(properties, ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, name));
      }
      case STREAMS -> {
        // Sessions and standby replicas are settings of the group, which the brokers have.
        properties.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "streams");
      }
    }
    group.rack().ifPresent(name -> place(properties, name));
  }

  private static void place(Properties properties, String rack) {
    properties.put(StreamsConfig.CLIENT_TAG_PREFIX + RACK_TAG, rack);
    properties.put(StreamsConfig.RACK_AWARE_ASSIGNMENT_TAGS_CONFIG, RACK_TAG);
    properties.put(
        StreamsConfig.RACK_AWARE_ASSIGNMENT_STRATEGY_CONFIG,
        StreamsConfig.RACK_AWARE_ASSIGNMENT_STRATEGY_MIN_TRAFFIC);
    properties.put(ConsumerConfig.CLIENT_RACK_CONFIG, rack);
  }

  private static void consumer(Properties properties, String key, Object value) {
    properties.put(StreamsConfig.mainConsumerPrefix(key), value);
  }

  private static void producer(Properties properties, String key, Object value) {
    properties.put(StreamsConfig.producerPrefix(key), value);
  }
}
