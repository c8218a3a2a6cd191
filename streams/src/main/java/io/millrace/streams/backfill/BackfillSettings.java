package io.millrace.streams.backfill;

import io.millrace.model.Namespace;
import io.millrace.model.Topic;
import io.millrace.model.TopicLayout;
import io.millrace.model.control.ViewGeneration;
import io.millrace.streams.StreamsSettings;
import io.millrace.views.Source;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * How a backfill reaches the cluster.
 *
 * @param connection settings that any client needs, by Kafka's names
 * @param clickPartitions of click-events; a view must have begun in each
 * @param rollupPartitions of rollup-partials
 * @param recordsAtOnce read between two commits, by and large; fewer where they make many cells
 */
public record BackfillSettings(
    Map<String, String> connection,
    Namespace namespace,
    int clickPartitions,
    int rollupPartitions,
    int recordsAtOnce) {
  private static final int RECORDS_AT_ONCE = 20_000;
  private static final int MOST_POLLED = 2_000;

  public BackfillSettings {
    connection = Map.copyOf(connection);
    if (recordsAtOnce < 1) {
      throw new IllegalArgumentException(
          "recordsAtOnce: expected at least 1, got " + recordsAtOnce);
    }
  }

  /** With as many records at once as one transaction can well hold. */
  public BackfillSettings(Map<String, String> connection, Namespace namespace, TopicLayout topics) {
    this(
        connection,
        namespace,
        topics.clickPartitions(),
        topics.rollupPartitions(),
        RECORDS_AT_ONCE);
  }

  String enrichedTopic() {
    return namespace.qualify(Topic.ENRICHED_CLICKS.localName());
  }

  List<String> lanes() {
    return List.of(enrichedTopic(), namespace.qualify(Topic.REJECTED_CLICKS.localName()));
  }

  /** Where the past of views of a source is. */
  List<String> topicsOf(Source source) {
    return switch (source) {
      case CLICKS -> lanes();
      case SESSIONS -> List.of(namespace.qualify(Topic.SESSIONS.localName()));
    };
  }

  String partialsTopic() {
    return namespace.qualify(Topic.ROLLUP_PARTIALS.localName());
  }

  /** Of the application that merges the partials. */
  String mergingGroup() {
    return StreamsSettings.applicationId(namespace);
  }

  /** The group whose positions tell how far a backfill is, and its transactional id. */
  String idOf(ViewGeneration view) {
    return idPrefix(namespace) + view.view() + "-" + view.number();
  }

  /** What groups and transactional ids of all backfills of a namespace begin with. */
  public static String idPrefix(Namespace namespace) {
    return namespace.qualify("millrace-backfill-");
  }

  Map<String, Object> consumer(ViewGeneration view) {
    var settings = new HashMap<String, Object>(connection);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, idOf(view));
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    // What retention deletes meanwhile must not make it jump to the end.
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Math.min(MOST_POLLED, recordsAtOnce));
    return settings;
  }

  Map<String, Object> producer(ViewGeneration view) {
    var settings = new HashMap<String, Object>(connection);
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, idOf(view));
    // What a process that was killed left open holds up all other partials for so long.
    settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 10_000);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topic.MOST_BYTES_ON);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 20);
    return settings;
  }
}
