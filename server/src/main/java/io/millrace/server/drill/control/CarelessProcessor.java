package io.millrace.server.drill.control;

import io.millrace.model.Enrichment;
import io.millrace.model.SourceOffset;
import io.millrace.model.codec.EnrichedClickCodec;
import io.millrace.server.broker.ParentWatch;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A processor as one would write it in an hour: reads, writes, and now and then notes how far it
 * has come. Whatever it wrote since then it writes again after it was killed.
 *
 * <p>Arguments: the cluster's address, the topic to read and the topic to write.
 */
public final class CarelessProcessor {
  private static final Duration POLL = Duration.ofMillis(100);

  /** Seldom enough, and no part of all records, that some are always between two notes. */
  private static final int BETWEEN_COMMITS = 500;

  private static final int MOST_AT_A_TIME = 70;

  /** Long enough to be killed at it. */
  private static final Duration WORK = Duration.ofMillis(20);

  private static final String NOTHING = "";

  private CarelessProcessor() {}

  /** Works until it is killed. */
  public static void main(String[] arguments) {
    ParentWatch.start(System.in, CarelessProcessor::end, CarelessProcessor::end);
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", arguments[0]);
    settings.put("group.id", arguments[1]);
    settings.put("enable.auto.commit", false);
    settings.put("auto.offset.reset", "earliest");
    settings.put("session.timeout.ms", 6_000);
    settings.put("heartbeat.interval.ms", 1_500);
    settings.put("max.poll.records", MOST_AT_A_TIME);
    try (var consumer =
            new KafkaConsumer<>(
                settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var producer =
            new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", arguments[0], "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
      consumer.subscribe(List.of(arguments[1]));
      work(consumer, producer, arguments[2]);
    }
  }

  private static void work(
      KafkaConsumer<byte[], byte[]> consumer,
      KafkaProducer<byte[], byte[]> producer,
      String target) {
    int since = 0;
    while (true) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        var _ = producer.send(passedOn(record, target));
        since++;
      }
      producer.flush();
      LockSupport.parkNanos(WORK.toNanos());
      if (since >= BETWEEN_COMMITS) {
        consumer.commitSync();
        since = 0;
      }
    }
  }

  private static ProducerRecord<byte[], byte[]> passedOn(
      ConsumerRecord<byte[], byte[]> record, String target) {
    var enrichment =
        new Enrichment(
            NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING,
            NOTHING, NOTHING, NOTHING, NOTHING, NOTHING);
    var passedOn =
        new ProducerRecord<>(
            target, record.key(), EnrichedClickCodec.encode(record.value(), enrichment));
    passedOn
        .headers()
        .add(SourceOffset.HEADER, new SourceOffset(record.partition(), record.offset()).toBytes());
    return passedOn;
  }

  private static void end() {
    Runtime.getRuntime().halt(0);
  }
}
