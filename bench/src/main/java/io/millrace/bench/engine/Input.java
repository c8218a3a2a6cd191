package io.millrace.bench.engine;

import io.millrace.model.ClickEvent;
import io.millrace.model.ClickKey;
import io.millrace.model.Namespace;
import io.millrace.model.Topic;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Clicks in the topic {@code click-events} of a namespace, written once and read by many programs.
 */
public record Input(Format format, Clicks clicks, Namespace namespace) {

  private static final int LONGEST_DELIVERY_MILLIS = 600_000;

  String topic() {
    return namespace.qualify(Topic.CLICK_EVENTS.localName());
  }

  void write(String bootstrapServers) {
    var settings = new HashMap<String, Object>(Tuning.PRODUCER);
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, LONGEST_DELIVERY_MILLIS);
    var failure = new AtomicReference<@Nullable Exception>();
    var bytes = new ByteArraySerializer();
    try (var producer = new KafkaProducer<>(Map.copyOf(settings), bytes, bytes)) {
      clicks.forEach(
          click -> {
            var _ = producer.send(recordOf(click), (written, problem) -> note(failure, problem));
          });
    }
    if (failure.get() != null) {
      throw new IllegalStateException("not all clicks could be written", failure.get());
    }
  }

  private static void note(
      AtomicReference<@Nullable Exception> failure, @Nullable Exception problem) {
    if (problem != null) {
      failure.compareAndSet(null, problem);
    }
  }

  private ProducerRecord<byte[], byte[]> recordOf(ClickEvent click) {
    byte[] key = new ClickKey(click.site(), click.visitor()).toBytes();
    return new ProducerRecord<>(topic(), null, click.time(), key, format.encode(click));
  }
}
