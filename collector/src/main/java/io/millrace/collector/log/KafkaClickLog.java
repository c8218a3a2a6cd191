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
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
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

  private final RenewableProducer producer;
  private final String topic;

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
    producer.close();
  }
}
