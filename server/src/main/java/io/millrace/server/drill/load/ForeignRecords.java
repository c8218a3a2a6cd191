package io.millrace.server.drill.load;

import io.millrace.model.ClickEvent;
import io.millrace.model.ClickKey;
import io.millrace.model.SiteId;
import io.millrace.model.VisitorId;
import io.millrace.model.codec.ClickEventCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Somebody else who writes into click-events, as nobody can be kept from who may. What is an event
 * goes into the ledger. For one thread.
 */
public final class ForeignRecords implements AutoCloseable {
  /** What a collector's clock may be ahead, and the log takes. */
  private static final long AHEAD = Duration.ofMinutes(50).toMillis();

  /** What the log does not take. */
  private static final long FAR_AHEAD = Duration.ofHours(2).toMillis();

  private static final int TOO_LARGE = 2 << 20;

  /** Known for a day at least; the rest is what the drill itself takes. */
  private static final long KNOWN = Duration.ofHours(24).minusMinutes(15).toMillis();

  /** Known for a day and an hour at most. */
  private static final long FORGOTTEN = Duration.ofHours(25).plusSeconds(1).toMillis();

  private static final int EVENTS = 50;

  private final String topic;
  private final EventPlan plan;
  private final Ledger ledger;
  private final KafkaProducer<byte[], byte[]> producer;
  private final List<PlannedEvent> known = new ArrayList<>();
  private final List<PlannedEvent> forgotten = new ArrayList<>();

  /**
   * @param connection settings with which clients reach the cluster, by Kafka's names
   * @param plan that events are taken from; nobody else may use it
   */
  public ForeignRecords(
      Map<String, String> connection, String topic, EventPlan plan, Ledger ledger) {
    this(connection, topic, plan, ledger, "all");
  }

  /**
   * One that takes more or less care.
   *
   * @param acks how many brokers must have a record before it counts as written, by Kafka's words
   */
  public ForeignRecords(
      Map<String, String> connection, String topic, EventPlan plan, Ledger ledger, String acks) {
    this.topic = topic;
    this.plan = plan;
    this.ledger = ledger;
    var settings = new HashMap<String, Object>(connection);
    settings.put("acks", acks);
    settings.put("enable.idempotence", acks.equals("all"));
    settings.put("max.request.size", 2 * TOO_LARGE);
    settings.put("buffer.memory", 8L * TOO_LARGE);
    settings.put("enable.metrics.push", false);
    producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Nonsense, records without key or value, from the future, and some that the log must refuse. */
  public void writeBadRecords(Random random) throws InterruptedException {
    long now = System.currentTimeMillis();
    for (int i = 0; i < EVENTS; i++) {
      byte[] nonsense = new byte[random.nextInt(200)];
      random.nextBytes(nonsense);
      append(key("nobody"), nonsense, now);
      append(key("nobody"), null, now);
      append(null, nonsense, now);
      byte[] event = ClickEventCodec.encode(event(plan.next(), now));
      append(key("nobody"), Arrays.copyOf(event, event.length / 2), now);
      append(key("nobody"), Arrays.copyOf(event, event.length + 1), now);
      PlannedEvent planned = plan.next();
      // In any partition, where nothing else of its visitor is known.
      PlannedEvent withoutKey = planned.of(planned.id());
      ledger.sent(List.of(withoutKey));
      append(null, ClickEventCodec.encode(event(withoutKey, now)), now);
      ledger.acknowledged(List.of(withoutKey), System.currentTimeMillis());
      PlannedEvent ahead = plan.next();
      ledger.sent(List.of(ahead));
      append(keyOf(ahead), ClickEventCodec.encode(event(ahead, now)), now + AHEAD);
      ledger.acknowledged(List.of(ahead), System.currentTimeMillis());
    }
    requireRefused(new byte[TOO_LARGE], now);
    requireRefused(ClickEventCodec.encode(event(plan.next(), now)), now + FAR_AHEAD);
  }

  /** Events that were received so long ago that half of them will be forgotten when sent again. */
  public void writeEventsOfYesterday() throws InterruptedException {
    long now = System.currentTimeMillis();
    for (int i = 0; i < EVENTS; i++) {
      PlannedEvent stillKnown = plan.next().earlier(KNOWN);
      write(stillKnown, now - KNOWN);
      known.add(stillKnown);
      PlannedEvent longAgo = plan.next().earlier(FORGOTTEN);
      write(longAgo, now - FORGOTTEN);
      forgotten.add(longAgo);
    }
  }

  /** The same again, received now. */
  public void writeThemAgain() throws InterruptedException {
    long now = System.currentTimeMillis();
    for (PlannedEvent event : known) {
      write(event, now);
    }
    for (PlannedEvent event : forgotten) {
      ledger.sent(List.of(event), 2);
      append(event, now);
    }
  }

  /** So many events of now; the ledger has those that the log said it has. */
  public void writeEvents(int count) {
    for (int i = 0; i < count; i++) {
      PlannedEvent planned = plan.next();
      ledger.sent(List.of(planned));
      byte[] value = ClickEventCodec.encode(event(planned, System.currentTimeMillis()));
      var _ =
          producer.send(
              new ProducerRecord<>(topic, keyOf(planned), value),
              (written, failure) -> {
                if (failure == null) {
                  ledger.acknowledged(List.of(planned), System.currentTimeMillis());
                }
              });
    }
    producer.flush();
  }

  private void write(PlannedEvent planned, long received) throws InterruptedException {
    ledger.sent(List.of(planned));
    append(planned, received);
  }

  private void append(PlannedEvent planned, long received) throws InterruptedException {
    append(keyOf(planned), ClickEventCodec.encode(event(planned, received)), received);
    ledger.acknowledged(List.of(planned), System.currentTimeMillis());
  }

  private void append(byte @Nullable [] key, byte @Nullable [] value, long timestamp)
      throws InterruptedException {
    try {
      producer.send(new ProducerRecord<>(topic, null, timestamp, key, value)).get();
    } catch (ExecutionException failure) {
      throw new IllegalStateException("the log did not take a record", failure);
    }
  }

  private void requireRefused(byte[] value, long timestamp) throws InterruptedException {
    try {
      producer.send(new ProducerRecord<>(topic, null, timestamp, key("nobody"), value)).get();
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof ApiException) {
        return;
      }
      throw new IllegalStateException("the log failed otherwise", failure);
    }
    throw new IllegalStateException("the log took a record that it must refuse");
  }

  private static ClickEvent event(PlannedEvent planned, long received) {
    return new ClickEvent(
        planned.id(),
        new SiteId(planned.site()),
        visitorOf(planned),
        planned.type(),
        planned.isPage() ? "" : "click",
        planned.url(),
        planned.origin().referrer(),
        "",
        "",
        planned.visitor(),
        planned.time(),
        0,
        0,
        received,
        planned.place().network(),
        planned.agent().text(),
        "",
        "",
        "",
        false);
  }

  /** Another one than the collector makes of the same client's id. */
  private static VisitorId visitorOf(PlannedEvent planned) {
    return new VisitorId("foreign-" + planned.visitorOrSender());
  }

  private static byte[] keyOf(PlannedEvent planned) {
    return new ClickKey(new SiteId(planned.site()), visitorOf(planned)).toBytes();
  }

  private static byte[] key(String visitor) {
    return new ClickKey(new SiteId("nobody"), new VisitorId(visitor)).toBytes();
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
