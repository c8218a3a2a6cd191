package io.millrace.collector.log;

import io.millrace.collector.log.AppendResult.Cause;
import io.millrace.collector.log.AppendResult.Unavailable;
import io.millrace.model.ClickEvent;
import io.millrace.model.ClickKey;
import io.millrace.model.Namespace;
import io.millrace.model.Topic;
import io.millrace.model.codec.ClickEventCodec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes click-events with one idempotent producer and no transactions, so that the offsets of the
 * topic have no gaps and the end offset of a partition is the number of events accepted into it.
 *
 * <p>Every wait is bounded: a send blocks for at most {@link ProducerSettings#MAX_BLOCK} (for
 * metadata, or for memory), none is begun with less than that left of the caller's patience, and
 * the wait for acknowledgements ends with it. Memory is bounded by the producer's buffer. After an
 * outage the producer finds its brokers again by itself, and is replaced after an error that it
 * does not survive. Safe for any number of threads.
 */
public final class KafkaClickLog implements ClickLog {
  private static final Duration RENEWAL_PAUSE = Duration.ofSeconds(2);
  private static final Duration FIRST_GREETING_PAUSE = Duration.ofMillis(50);
  private static final Duration LAST_GREETING_PAUSE = Duration.ofSeconds(3);

  private final RenewableProducer producer;
  private final String topic;
  private final Thread greeting;
  private volatile boolean reached;

  /**
   * A log in a cluster, which need not be reachable yet.
   *
   * @param client how to reach and to log in to the cluster, by Kafka's names; what the collector
   *     promises (acknowledgement, idempotence, time limits) is set here and cannot be overridden
   * @param bufferMemory bytes that may wait to be written
   */
  public KafkaClickLog(Map<String, Object> client, Namespace namespace, long bufferMemory) {
    this(
        () ->
            new KafkaProducer<>(
                ProducerSettings.of(client, bufferMemory),
                new ByteArraySerializer(),
                new ByteArraySerializer()),
        RENEWAL_PAUSE,
        namespace);
  }

  KafkaClickLog(
      Supplier<Producer<byte[], byte[]>> producers, Duration renewalPause, Namespace namespace) {
    this.producer = new RenewableProducer(producers, renewalPause);
    this.topic = namespace.qualify(Topic.CLICK_EVENTS.localName());
    this.greeting = Thread.ofVirtual().name("collector-log-greeting").start(this::greet);
  }

  /**
   * Whether the topic has been found once with a leader for each partition. Before, the first
   * append would spend its patience on looking for them; afterwards it stays true, since an outage
   * is told to each append.
   */
  public boolean isReached() {
    return reached;
  }

  /** Seldom, where it takes long: the producer logs each attempt. */
  private void greet() {
    Duration pause = FIRST_GREETING_PAUSE;
    while (!hasLeaders() && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(pause.toNanos());
      pause = pause.compareTo(LAST_GREETING_PAUSE) < 0 ? pause.multipliedBy(2) : pause;
    }
  }

  private boolean hasLeaders() {
    try {
      List<PartitionInfo> partitions = producer.current().partitionsFor(topic);
      reached =
          !partitions.isEmpty()
              && partitions.stream().allMatch(partition -> partition.leader() != null);
    } catch (KafkaException | IllegalStateException notYet) {
      reached = false;
    }
    return reached;
  }

  @Override
  public AppendResult append(List<ClickEvent> events, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    long lastSend = end - ProducerSettings.MAX_BLOCK.toNanos();
    var acknowledgements = new Acknowledgements(events.size(), producer::noteFailure);
    for (ClickEvent event : events) {
      if (System.nanoTime() - lastSend > 0) {
        return new Unavailable(Cause.LATE);
      }
      send(event, acknowledgements);
      if (acknowledgements.failed()) {
        break;
      }
    }
    return acknowledgements.await(end - System.nanoTime());
  }

  private void send(ClickEvent event, Acknowledgements acknowledgements) {
    var click = new ClickKey(event.site(), event.visitor());
    var record =
        new ProducerRecord<>(
            topic, null, event.receivedTime(), click.toBytes(), ClickEventCodec.encode(event));
    try {
      var _ = producer.current().send(record, acknowledgements);
    } catch (KafkaException | IllegalStateException refused) {
      acknowledgements.fail(refused);
    }
  }

  @Override
  public void close() {
    greeting.interrupt();
    producer.close();
  }
}
