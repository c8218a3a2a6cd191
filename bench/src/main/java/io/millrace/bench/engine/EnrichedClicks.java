package io.millrace.bench.engine;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the committed records of {@code enriched-clicks}: to wait for all of them, and to see
 * whether each says what it must. For one thread.
 */
final class EnrichedClicks {
  private static final Duration POLL = Duration.ofMillis(50);

  /** The counts may be committed a moment before the clicks. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Job job;

  EnrichedClicks(Job job) {
    this.job = job;
  }

  /**
   * Waits until so many are there.
   *
   * @param goesOn whether it is worth waiting any longer
   * @return what is wrong with their number, if it is
   */
  Optional<String> await(int events, BooleanSupplier goesOn) {
    var count =
        new Object() {
          long records;
        };
    read(value -> count.records++, () -> count.records < events && goesOn.getAsBoolean());
    return count.records == events
        ? Optional.empty()
        : Optional.of(count.records + " of " + events + " enriched clicks");
  }

  /**
   * Compares them with those that the rules make of the clicks, each by its id.
   *
   * @return the first that is wrong, or how many are missing
   */
  Optional<String> compare(Clicks clicks) {
    var comparison = new Comparison(clicks);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    read(comparison::take, () -> comparison.goesOn() && System.nanoTime() < deadline);
    return comparison.wrong();
  }

  private void read(Consumer<byte[]> receiver, BooleanSupplier goesOn) {
    try (var consumer = consumer()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(job.enriched()).stream()
              .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      boolean more = true;
      // Once more after the last that was awaited, or one too many would not be seen.
      while (more) {
        more = goesOn.getAsBoolean();
        for (var record : consumer.poll(POLL)) {
          receiver.accept(record.value());
          more = true;
        }
      }
    }
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            job.bootstrapServers(),
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed",
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            5_000,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Which clicks have come, and whether they were right. Keeps 64 bits of each that must come. */
  static final class Comparison {
    private static final String ID = "click-";

    private final long[] expected;
    private final BitSet seen = new BitSet();
    private Optional<String> wrong = Optional.empty();

    Comparison(Clicks clicks) {
      expected = new long[clicks.events()];
      clicks.forEach(
          event -> expected[number(event.id())] = digest(JsonClick.of(event).enriched()));
    }

    private static int number(String id) {
      return Integer.parseInt(id.substring(ID.length()));
    }

    private static long digest(EnrichedJsonClick click) {
      return ((long) click.hashCode() << 32) ^ click.toString().hashCode();
    }

    void take(byte[] value) {
      if (wrong.isPresent()) {
        return;
      }
      EnrichedJsonClick click = Json.read(value, EnrichedJsonClick.class);
      int number = number(click.id());
      if (number >= expected.length || digest(click) != expected[number]) {
        wrong = Optional.of("not as the rules enrich it: " + click);
      } else if (seen.get(number)) {
        wrong = Optional.of("passed on twice: " + click.id());
      }
      seen.set(number);
    }

    boolean goesOn() {
      return wrong.isEmpty() && seen.cardinality() < expected.length;
    }

    Optional<String> wrong() {
      int missing = expected.length - seen.cardinality();
      return wrong.or(
          () ->
              missing == 0
                  ? Optional.empty()
                  : Optional.of(missing + " enriched clicks are missing"));
    }
  }
}
