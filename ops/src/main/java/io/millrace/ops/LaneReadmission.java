package io.millrace.ops;

import io.millrace.model.ClickEvent;
import io.millrace.model.ClickKey;
import io.millrace.model.Namespace;
import io.millrace.model.Outcome;
import io.millrace.model.Readmission;
import io.millrace.model.RejectedClick;
import io.millrace.model.SiteId;
import io.millrace.model.Topic;
import io.millrace.model.codec.ClickEventCodec;
import io.millrace.model.codec.Decoded;
import io.millrace.model.codec.RejectedClickCodec;
import io.millrace.ops.OperationsException.Code;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends events of the lane rejected-clicks in again, marked so that they count. Reads what the lane
 * holds at the start, and forgets nothing and remembers nothing: that an event is not counted twice
 * is for the judge to see to, who knows readmitted events. The producer is idempotent and not
 * transactional, since the offsets of click-events must have no gaps. Belongs to one thread.
 */
public final class LaneReadmission implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);

  /** For how long nothing may come of a lane that has not been read to its end. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final byte[] MARK = {1};

  private final Consumer<byte[], byte[]> consumer;
  private final Producer<byte[], byte[]> producer;
  private final Namespace namespace;
  private final InstantSource clock;
  private final Duration patience;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  /**
   * Which events are meant.
   *
   * @param outcome that they were given
   * @param site that they are of; empty for all
   */
  public record Selection(Outcome outcome, Optional<SiteId> site) {
    public Selection {
      if (outcome != Outcome.LATE && outcome != Outcome.BOT) {
        throw new IllegalArgumentException(
            "outcome: only late events and those of bots can be readmitted, got "
                + outcome.label());
      }
    }
  }

  /**
   * What was found in the lane.
   *
   * @param readmitted sent in again, or to be sent in again
   * @param tooOld left, since {@link Readmission#OLDEST} has passed
   */
  public record Report(long readmitted, long tooOld) {}

  LaneReadmission(
      Consumer<byte[], byte[]> consumer,
      Producer<byte[], byte[]> producer,
      Namespace namespace,
      InstantSource clock,
      Duration patience) {
    this.consumer = consumer;
    this.producer = producer;
    this.namespace = namespace;
    this.clock = clock;
    this.patience = patience;
  }

  /**
   * Ready to read and to send.
   *
   * @param connection settings that any client needs to reach the cluster, by Kafka's names
   */
  public static LaneReadmission open(Map<String, String> connection, Namespace namespace) {
    var reading = new HashMap<String, Object>(connection);
    reading.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    reading.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    // What retention deletes meanwhile must not make it jump to the end.
    reading.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    var writing = new HashMap<String, Object>(connection);
    writing.put(ProducerConfig.ACKS_CONFIG, "all");
    writing.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    writing.put(ProducerConfig.LINGER_MS_CONFIG, 20);
    writing.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    return new LaneReadmission(
        new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
        new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer()),
        namespace,
        InstantSource.system(),
        PATIENCE);
  }

  /**
   * Reads the lane once, and sends what is selected.
   *
   * @param send whether to send it, or to count it only
   * @throws OperationsException when not all of it was acknowledged; running it again is safe
   */
  public Report run(Selection selection, boolean send) {
    try {
      Report report = read(selection, send);
      producer.flush();
      Exception failed = failure.get();
      if (failed != null) {
        throw unfinished(failed);
      }
      return report;
    } catch (KafkaException failed) {
      throw unfinished(failed);
    }
  }

  private static OperationsException unfinished(Exception cause) {
    return new OperationsException(
        Code.CLUSTER_UNAVAILABLE,
        "Not all events could be readmitted: "
            + cause.getMessage()
            + ". Run it again; what was readmitted already is not counted again",
        cause);
  }

  private Report read(Selection selection, boolean send) {
    String lane = namespace.qualify(Topic.REJECTED_CLICKS.localName());
    List<TopicPartition> partitions =
        consumer.partitionsFor(lane).stream()
            .map(info -> new TopicPartition(lane, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    long oldest = clock.millis() - Readmission.OLDEST.toMillis();
    long readmitted = 0;
    long tooOld = 0;
    long reached = position(partitions);
    long lastProgress = System.nanoTime();
    while (failure.get() == null && !isReadTo(ends)) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        Optional<Selected> selected = select(record, selection);
        if (selected.isEmpty()) {
          continue;
        }
        if (selected.get().timestamp() < oldest) {
          tooOld++;
          continue;
        }
        readmitted++;
        if (send) {
          send(selected.get());
        }
      }
      // A consumer without a broker finds nothing for as long as it is asked, and says so to
      // nobody.
      if (position(partitions) > reached) {
        reached = position(partitions);
        lastProgress = System.nanoTime();
      } else if (System.nanoTime() - lastProgress > patience.toNanos()) {
        throw unfinished(
            new TimeoutException(
                "nothing came of " + lane + " for " + patience.toSeconds() + " s"));
      }
    }
    return new Report(readmitted, tooOld);
  }

  private long position(List<TopicPartition> partitions) {
    return partitions.stream().mapToLong(consumer::position).sum();
  }

  /** The offsets of a transactional topic have gaps, so positions are compared, not records. */
  private boolean isReadTo(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  /** An event to send in again: its bytes as they came the first time. */
  private record Selected(ClickKey key, byte[] value, long timestamp) {}

  private static Optional<Selected> select(
      ConsumerRecord<byte[], byte[]> record, Selection selection) {
    byte @Nullable [] value = record.value();
    if (value == null
        || !(RejectedClickCodec.decode(value)
            instanceof Decoded.Value<RejectedClick>(RejectedClick click))
        || click.outcome() != selection.outcome()
        || !(ClickEventCodec.decode(click.payload())
            instanceof Decoded.Value<ClickEvent>(ClickEvent event))) {
      return Optional.empty();
    }
    return selection.site().map(event.site()::equals).orElse(true)
        ? Optional.of(
            new Selected(
                new ClickKey(event.site(), event.visitor()), click.payload(), click.timestamp()))
        : Optional.empty();
  }

  /** Timed now: its window begins when it is readmitted, however long ago it was received. */
  private void send(Selected selected) {
    var record =
        new ProducerRecord<>(
            namespace.qualify(Topic.CLICK_EVENTS.localName()),
            null,
            clock.millis(),
            selected.key().toBytes(),
            selected.value());
    record.headers().add(Readmission.HEADER, MARK);
    var _ =
        producer.send(
            record,
            (written, problem) -> {
              if (problem != null) {
                failure.compareAndSet(null, problem);
              }
            });
  }

  @Override
  public void close() {
    consumer.close();
    producer.close(Duration.ofSeconds(2));
  }
}
