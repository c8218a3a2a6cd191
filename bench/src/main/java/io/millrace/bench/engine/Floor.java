package io.millrace.bench.engine;

import io.millrace.model.ClickEvent;
import io.millrace.model.codec.ClickEventCodec;
import io.millrace.model.codec.Decoded;
import io.millrace.model.codec.EnrichedClickCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.LongSerializer;

/**
 * What the job costs without any engine: a consumer, a parser, a map and a transactional producer.
 * It could not be run in production: after a crash its counts begin anew.
 *
 * <p>Commits every second the clicks read since the last commit, their offsets, and the new counts
 * of the URLs among them.
 */
public record Floor(Format format, Parsing parsing) implements Contender {
  private static final long COMMIT_NANOS = Duration.ofSeconds(1).toNanos();

  /** What becomes of a record's bytes. */
  public enum Parsing {
    /** Objects by Jackson's data binding or by the codec, as in a program that one would write. */
    OBJECTS,
    /** Of JSON only: {@link JsonEnricher}, as {@link CombinerProgram} has it. */
    BYTES
  }

  /** The floor that others are compared with. */
  public static Floor of(Format format) {
    return new Floor(format, Parsing.OBJECTS);
  }

  @Override
  public String name() {
    return switch (parsing) {
      case OBJECTS -> "no engine (floor), " + format;
      case BYTES -> "no engine, " + format + " as bytes";
    };
  }

  @Override
  public List<String> command(Job job) {
    return JavaCommand.of(Floor.class, job.with(format.name(), parsing.name()));
  }

  /** Runs until it is killed. */
  public static void main(String[] arguments) {
    Job job = Job.parse(arguments);
    new Loop(job, Format.valueOf(job.more().get(0)), Parsing.valueOf(job.more().get(1))).run();
  }

  private static final class Loop {
    private final Job job;
    private final Format format;
    private final Parsing parsing;
    private final JsonEnricher<String> byBytes = new JsonEnricher<>(url -> url);
    private final Map<String, Long> counts = new HashMap<>();
    private final Set<String> changed = new HashSet<>();
    private final Map<TopicPartition, OffsetAndMetadata> read = new HashMap<>();

    Loop(Job job, Format format, Parsing parsing) {
      this.job = job;
      this.format = format;
      this.parsing = parsing;
    }

    void run() {
      try (var consumer = consumer();
          var producer = producer()) {
        consumer.assign(
            consumer.partitionsFor(job.clicks()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList());
        consumer.seekToBeginning(consumer.assignment());
        producer.initTransactions();
        producer.beginTransaction();
        long committed = System.nanoTime();
        while (true) {
          for (var record : consumer.poll(Duration.ofMillis(100))) {
            process(record, producer);
          }
          if (System.nanoTime() - committed > COMMIT_NANOS && !read.isEmpty()) {
            commit(producer, consumer.groupMetadata());
            committed = System.nanoTime();
          }
        }
      }
    }

    private void process(
        ConsumerRecord<byte[], byte[]> record, KafkaProducer<byte[], byte[]> producer) {
      String url =
          switch (format) {
            case JSON -> {
              if (parsing == Parsing.BYTES) {
                JsonEnricher.Enriched<String> enriched = byBytes.enrich(record.value());
                send(producer, record, enriched.json());
                yield enriched.page();
              }
              EnrichedJsonClick click = Json.read(record.value(), JsonClick.class).enriched();
              send(producer, record, Json.write(click));
              yield click.url();
            }
            case AVRO -> {
              ClickEvent click = decode(record.value());
              send(
                  producer,
                  record,
                  EnrichedClickCodec.encode(record.value(), SimpleRules.enrich(click)));
              yield click.url();
            }
          };
      counts.merge(url, 1L, Long::sum);
      changed.add(url);
      read.put(
          new TopicPartition(record.topic(), record.partition()),
          new OffsetAndMetadata(record.offset() + 1));
    }

    private void send(
        KafkaProducer<byte[], byte[]> producer,
        ConsumerRecord<byte[], byte[]> record,
        byte[] enriched) {
      // A failure fails the commit.
      var _ =
          producer.send(
              new ProducerRecord<>(
                  job.enriched(), null, record.timestamp(), record.key(), enriched));
    }

    private void commit(KafkaProducer<byte[], byte[]> producer, ConsumerGroupMetadata group) {
      try (var longs = new LongSerializer()) {
        for (String url : changed) {
          byte[] count = longs.serialize(job.counts(), counts.get(url));
          byte[] key = url.getBytes(StandardCharsets.UTF_8);
          var _ = producer.send(new ProducerRecord<>(job.counts(), key, count));
        }
      }
      producer.sendOffsetsToTransaction(read, group);
      producer.commitTransaction();
      producer.beginTransaction();
      changed.clear();
      read.clear();
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
      Map<String, Object> settings =
          Map.of(
              ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
              job.bootstrapServers(),
              ConsumerConfig.GROUP_ID_CONFIG,
              job.namespace().qualify("floor"),
              ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
              false,
              ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
              2_000);
      return new KafkaConsumer<>(
          settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private KafkaProducer<byte[], byte[]> producer() {
      Map<String, Object> settings = new HashMap<>(Tuning.PRODUCER);
      settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, job.bootstrapServers());
      settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, job.namespace().qualify("floor"));
      return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
  }

  private static ClickEvent decode(byte[] bytes) {
    return switch (ClickEventCodec.decode(bytes)) {
      case Decoded.Value<ClickEvent>(ClickEvent click) -> click;
      case Decoded.Malformed<ClickEvent>(String reason) -> throw new IllegalStateException(reason);
    };
  }
}
