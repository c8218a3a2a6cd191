package io.millrace.ops.growth;

import io.millrace.model.Topic;
import io.millrace.ops.OperationsException;
import io.millrace.ops.OperationsException.Code;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Copies a topic into one with at least as many partitions: every record as it is, with its time,
 * those of one key in their order. The producer is idempotent and not transactional, as the offsets
 * of click-events must have no gaps.
 *
 * <p>What was copied is read from the copy, so it goes on wherever it was broken off, and finds out
 * if a record is missing in the middle. Belongs to one thread.
 */
final class TopicCopy implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(300);

  /** For how long nothing may come of a topic that has not been read to its end. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String source;
  private final String target;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Consumer<CopyProgress> progress;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private long copied;
  private boolean isPlaced;

  TopicCopy(
      Map<String, String> connection,
      String source,
      String target,
      Consumer<CopyProgress> progress) {
    this.source = source;
    this.target = target;
    this.progress = progress;
    var reading = new HashMap<String, Object>(connection);
    reading.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    // A record that retention deletes meanwhile must be missed, not jumped over.
    reading.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    consumer =
        new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    var writing = new HashMap<String, Object>(connection);
    writing.put(ProducerConfig.ACKS_CONFIG, "all");
    writing.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    // A record that was as large as can be is larger by the place it was copied from.
    writing.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topic.MOST_BYTES_ON);
    writing.put(ProducerConfig.LINGER_MS_CONFIG, 20);
    writing.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10);
    writing.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    producer = new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * Copies what is there and not yet in the copy. Can be called again, for what came since.
   *
   * @throws OperationsException when not everything was copied; to run it again goes on from there
   */
  void run() {
    try {
      if (!isPlaced) {
        seek(spans());
        isPlaced = true;
      }
      copyToEnd();
    } catch (KafkaException failed) {
      throw unfinished(failed);
    }
  }

  private void seek(Map<Integer, CopiedSpan> spans) {
    List<TopicPartition> partitions = partitions(source);
    requireRoom(partitions.size());
    consumer.assign(partitions);
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
    for (TopicPartition partition : partitions) {
      long beginning = beginnings.getOrDefault(partition, 0L);
      @Nullable CopiedSpan span = spans.get(partition.partition());
      if (span != null && !span.isWhole()) {
        throw broken(partition, "lacks records in the middle");
      }
      if (span != null && span.next() < beginning) {
        throw broken(partition, "lacks records that retention has deleted from the source since");
      }
      consumer.seek(partition, span == null ? beginning : span.next());
    }
  }

  private void requireRoom(int needed) {
    int there = partitions(target).size();
    if (there < needed) {
      throw new OperationsException(
          Code.TOPIC_DIFFERS,
          "%s has %d partitions, fewer than the %d of %s; a topic can only grow"
              .formatted(target, there, needed, source));
    }
  }

  private OperationsException broken(TopicPartition partition, String how) {
    return new OperationsException(
        Code.TOPIC_DIFFERS,
        "%s %s (of %s). Delete the topics of the new namespace, and begin anew"
            .formatted(target, how, partition));
  }

  /** What the copy has of each partition of the source. */
  private Map<Integer, CopiedSpan> spans() {
    var spans = new TreeMap<Integer, CopiedSpan>();
    List<TopicPartition> partitions = partitions(target);
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    readTo(
        consumer.endOffsets(partitions),
        record -> {
          CopiedFrom from =
              CopiedFrom.of(record.headers())
                  .orElseThrow(
                      () ->
                          new OperationsException(
                              Code.TOPIC_DIFFERS,
                              target
                                  + " has records that were not copied; name another namespace"));
          spans.merge(from.partition(), CopiedSpan.of(from.offset()), CopiedSpan::and);
          copied++;
        });
    return spans;
  }

  private void copyToEnd() {
    readTo(consumer.endOffsets(consumer.assignment()), this::copy);
    producer.flush();
    requireWritten();
    progress.accept(new CopyProgress(source, copied, 0));
  }

  private void copy(ConsumerRecord<byte[], byte[]> record) {
    // The producer finds the partition of a key; without one there is no order to keep.
    @Nullable Integer partition = record.key() == null ? record.partition() : null;
    var copy =
        new ProducerRecord<>(
            target, partition, record.timestamp(), record.key(), record.value(), record.headers());
    new CopiedFrom(record.partition(), record.offset()).writeTo(copy.headers());
    var _ =
        producer.send(
            copy,
            (written, problem) -> {
              if (problem != null) {
                failure.compareAndSet(null, problem);
              }
            });
    copied++;
  }

  /** The offsets of a topic may have gaps, so positions are compared, not records. */
  private void readTo(
      Map<TopicPartition, Long> ends, Consumer<ConsumerRecord<byte[], byte[]>> receiver) {
    long lastProgress = System.nanoTime();
    long reached = -1;
    while (remaining(ends) > 0) {
      requireWritten();
      consumer.poll(POLL).forEach(receiver);
      long position = consumer.assignment().stream().mapToLong(consumer::position).sum();
      if (position > reached) {
        reached = position;
        lastProgress = System.nanoTime();
        progress.accept(new CopyProgress(source, copied, remaining(ends)));
      } else if (System.nanoTime() - lastProgress > PATIENCE.toNanos()) {
        throw unfinished(new TimeoutException("nothing came for " + PATIENCE.toSeconds() + " s"));
      }
    }
  }

  private long remaining(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .mapToLong(end -> Math.max(0, end.getValue() - consumer.position(end.getKey())))
        .sum();
  }

  private void requireWritten() {
    Exception failed = failure.get();
    if (failed != null) {
      throw unfinished(failed);
    }
  }

  private OperationsException unfinished(Exception cause) {
    return new OperationsException(
        Code.CLUSTER_UNAVAILABLE,
        "%s is not copied to its end: %s. Run it again; it goes on where it ended"
            .formatted(source, cause.getMessage()),
        cause);
  }

  private List<TopicPartition> partitions(String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(info -> new TopicPartition(topic, info.partition()))
        .toList();
  }

  @Override
  public void close() {
    consumer.close();
    producer.close(Duration.ofSeconds(2));
  }
}
