package io.millrace.streams;

import io.millrace.streams.judge.LaneClick;
import io.millrace.views.ClickPosition;
import io.millrace.views.ClickTail;
import io.millrace.views.ClicksGoneException;
import io.millrace.views.TailBatch;
import io.millrace.views.TailClick;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * A reading of all partitions of enriched-clicks from one place on. Belongs to one thread.
 *
 * <p>Records that are no clicks are passed over, as everywhere.
 */
final class ClickLogReading implements ClickTail.Past {
  private static final Duration POLL = Duration.ofMillis(200);

  /** A click as objects takes about so much more than its record. */
  private static final int BYTES_PER_CLICK = 600;

  private final Consumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;

  private ClickLogReading(Consumer<byte[], byte[]> consumer, String topic) {
    this.consumer = consumer;
    partitions = new ArrayList<>();
    int count = consumer.partitionsFor(topic).size();
    for (int partition = 0; partition < count; partition++) {
      partitions.add(new TopicPartition(topic, partition));
    }
    consumer.assign(partitions);
  }

  /** From the end of what is committed. */
  static ClickLogReading fromEnd(Supplier<Consumer<byte[], byte[]>> consumers, String topic) {
    return opened(
        consumers,
        topic,
        reading -> {
          Map<TopicPartition, Long> ends = reading.consumer.endOffsets(reading.partitions);
          ends.forEach(reading.consumer::seek);
        });
  }

  /** From a place where it was before. */
  static ClickLogReading goingOn(
      ClickPosition place, Supplier<Consumer<byte[], byte[]>> consumers, String topic) {
    return opened(consumers, topic, reading -> reading.seek(place));
  }

  /** From a place that somebody else tells, see {@link ClickTail#readFrom}. */
  static ClickLogReading from(
      ClickPosition place, Supplier<Consumer<byte[], byte[]>> consumers, String topic) {
    try {
      return opened(
          consumers,
          topic,
          reading -> {
            reading.requireThere(place);
            reading.seek(place);
          });
    } catch (KafkaException unreachable) {
      throw KafkaClickTail.unavailable(unreachable);
    }
  }

  /** A reading that has been made ready, or none that would be left open. */
  private static ClickLogReading opened(
      Supplier<Consumer<byte[], byte[]>> consumers,
      String topic,
      java.util.function.Consumer<ClickLogReading> preparation) {
    Consumer<byte[], byte[]> consumer = consumers.get();
    try {
      var reading = new ClickLogReading(consumer, topic);
      preparation.accept(reading);
      return reading;
    } catch (RuntimeException failure) {
      consumer.close();
      throw failure;
    }
  }

  private void requireThere(ClickPosition place) {
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    if (place.offsets().size() > partitions.size()
        || partitions.stream()
            .anyMatch(each -> place.next(each.partition()) > ends.getOrDefault(each, 0L))) {
      throw new IllegalArgumentException("the log has not come so far");
    }
    for (TopicPartition partition : partitions) {
      if (place.next(partition.partition()) < beginnings.getOrDefault(partition, 0L)) {
        throw gone();
      }
    }
  }

  private static ClicksGoneException gone() {
    return new ClicksGoneException("clicks since then are no longer kept");
  }

  private void seek(ClickPosition place) {
    partitions.forEach(partition -> consumer.seek(partition, place.next(partition.partition())));
  }

  /** Where it is. */
  ClickPosition position() {
    return new ClickPosition(partitions.stream().map(consumer::position).toList());
  }

  /** What comes next. */
  TailBatch poll(Duration patience) {
    var clicks = new ArrayList<TailClick>();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(patience)) {
      LaneClick.counted(record)
          .map(
              lane ->
                  new TailClick(
                      lane.click(),
                      record.partition(),
                      record.offset(),
                      BYTES_PER_CLICK + 2 * record.serializedValueSize()))
          .ifPresent(clicks::add);
    }
    return new TailBatch(clicks, position());
  }

  @Override
  public TailBatch next() {
    try {
      return poll(POLL);
    } catch (OffsetOutOfRangeException deleted) {
      throw gone();
    } catch (KafkaException unreachable) {
      throw KafkaClickTail.unavailable(unreachable);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
