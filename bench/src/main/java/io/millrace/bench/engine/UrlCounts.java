package io.millrace.bench.engine;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Follows the topic {@code url-click-counts} as any reader of committed records would, until it
 * tells of every URL what it must. Since each click is in one count only, all clicks have then been
 * read, counted and committed, whatever the program. For one thread.
 */
final class UrlCounts {
  private static final Duration PATIENCE = Duration.ofMillis(50);

  private final Map<String, Long> expected;
  private final Map<String, Long> latest = new HashMap<>();
  private int right;

  UrlCounts(Map<String, Long> expected) {
    this.expected = expected;
  }

  /**
   * Waits until all counts are as expected.
   *
   * @param goesOn whether it is worth waiting any longer
   * @return what is wrong with them, if they are not
   */
  Optional<String> await(Contender contender, Job job, BooleanSupplier goesOn) {
    try (var consumer = consumer(job)) {
      consumer.assign(
          consumer.partitionsFor(job.counts()).stream()
              .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
              .toList());
      consumer.seekToBeginning(consumer.assignment());
      while (right < expected.size()) {
        for (var record : consumer.poll(PATIENCE)) {
          take(contender, record);
        }
        Optional<String> tooMuch = excess();
        if (tooMuch.isPresent() || !goesOn.getAsBoolean()) {
          return tooMuch.or(
              () -> Optional.of(right + " of " + expected.size() + " counts are right"));
        }
      }
      return Optional.empty();
    }
  }

  private void take(Contender contender, ConsumerRecord<byte[], byte[]> record) {
    String url = new String(record.key(), StandardCharsets.UTF_8);
    Long count = contender.count(record.value());
    Long before = latest.put(url, count);
    Long wanted = expected.get(url);
    right += (count.equals(wanted) ? 1 : 0) - (before != null && before.equals(wanted) ? 1 : 0);
  }

  /** A count only grows, so one that is too large will never be right. */
  private Optional<String> excess() {
    return latest.entrySet().stream()
        .filter(entry -> entry.getValue() > expected.getOrDefault(entry.getKey(), 0L))
        .map(
            entry ->
                "counted "
                    + entry.getValue()
                    + " of "
                    + entry.getKey()
                    + ", there are "
                    + expected.getOrDefault(entry.getKey(), 0L))
        .findAny();
  }

  private static KafkaConsumer<byte[], byte[]> consumer(Job job) {
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            job.bootstrapServers(),
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
