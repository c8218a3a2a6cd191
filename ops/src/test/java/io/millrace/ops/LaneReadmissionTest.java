package io.millrace.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.ClickEvent;
import io.millrace.model.EventType;
import io.millrace.model.Namespace;
import io.millrace.model.Outcome;
import io.millrace.model.Readmission;
import io.millrace.model.RejectedClick;
import io.millrace.model.SiteId;
import io.millrace.model.VisitorId;
import io.millrace.model.codec.ClickEventCodec;
import io.millrace.model.codec.RejectedClickCodec;
import io.millrace.ops.LaneReadmission.Report;
import io.millrace.ops.LaneReadmission.Selection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LaneReadmissionTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final SiteId SHOP = new SiteId("shop.example");
  private static final Selection LATE = new Selection(Outcome.LATE, Optional.empty());
  private static final TopicPartition LANE = new TopicPartition("rejected-clicks", 0);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final MockProducer<byte[], byte[]> producer = producer();
  private long end;

  @Test
  void sendsTheBytesOfTheFirstTimeWithAMarkAndTheTimeOfNow() {
    // Given
    byte[] event = ClickEventCodec.encode(event("1", SHOP));
    reject(Outcome.LATE, event, NOW.minusSeconds(60));

    // When
    Report report = readmission(producer).run(LATE, true);

    // Then
    assertThat(report).isEqualTo(new Report(1, 0));
    assertThat(producer.history()).hasSize(1);
    ProducerRecord<byte[], byte[]> sent = producer.history().getFirst();
    assertThat(sent.topic()).isEqualTo("click-events");
    assertThat(new String(sent.key(), StandardCharsets.UTF_8)).isEqualTo("shop.example/v");
    assertThat(sent.value()).isEqualTo(event);
    assertThat(sent.timestamp()).isEqualTo(NOW.toEpochMilli());
    assertThat(sent.headers().lastHeader(Readmission.HEADER)).isNotNull();
  }

  @Test
  void leavesWhatIsNotMeant() {
    // Given
    reject(Outcome.DUPLICATE, ClickEventCodec.encode(event("1", SHOP)), NOW);
    reject(Outcome.LATE, new byte[] {1, 2, 3}, NOW);
    reject(Outcome.LATE, ClickEventCodec.encode(event("2", new SiteId("else.example"))), NOW);
    add(new byte[] {9});
    add(null);

    // When
    Report report = readmission(producer).run(new Selection(Outcome.LATE, Optional.of(SHOP)), true);

    // Then
    assertThat(report).isEqualTo(new Report(0, 0));
    assertThat(producer.history()).isEmpty();
  }

  @Test
  void leavesWhatWouldBeForgottenBeforeTheLaneForgetsIt() {
    Duration oldest = Readmission.OLDEST;
    reject(Outcome.LATE, ClickEventCodec.encode(event("1", SHOP)), NOW.minus(oldest));
    reject(
        Outcome.LATE, ClickEventCodec.encode(event("2", SHOP)), NOW.minus(oldest).minusMillis(1));

    assertThat(readmission(producer).run(LATE, true)).isEqualTo(new Report(1, 1));
  }

  @Test
  void countsWithoutSending() {
    reject(Outcome.LATE, ClickEventCodec.encode(event("1", SHOP)), NOW);

    assertThat(readmission(producer).run(LATE, false)).isEqualTo(new Report(1, 0));
    assertThat(producer.history()).isEmpty();
  }

  @Test
  void saysWhenTheLogDidNotTakeEverything() {
    // Given
    reject(Outcome.LATE, ClickEventCodec.encode(event("1", SHOP)), NOW);
    MockProducer<byte[], byte[]> failing = producer();
    failing.sendException = new TimeoutException("no broker");

    // Then
    assertThatThrownBy(() -> readmission(failing).run(LATE, true))
        .isInstanceOf(OperationsException.class)
        .hasMessageContaining("no broker", "Run it again");
  }

  @Test
  @Timeout(30)
  void saysThatTheLaneCouldNotBeReadToItsEnd() {
    // Given
    reject(Outcome.LATE, ClickEventCodec.encode(event("1", SHOP)), NOW);
    end++;

    // Then
    assertThatThrownBy(() -> readmission(producer).run(LATE, true))
        .isInstanceOf(OperationsException.class)
        .hasMessageContaining("nothing came of rejected-clicks", "Run it again");
  }

  @Test
  void onlyLateEventsAndThoseOfBotsCanBeMeant() {
    assertThatThrownBy(() -> new Selection(Outcome.DUPLICATE, Optional.empty()))
        .hasMessageEndingWith("got duplicate");
  }

  private LaneReadmission readmission(MockProducer<byte[], byte[]> to) {
    var node = new Node(0, "localhost", 9092);
    consumer.updatePartitions(
        LANE.topic(),
        List.of(new PartitionInfo(LANE.topic(), 0, node, new Node[] {node}, new Node[] {node})));
    consumer.updateBeginningOffsets(Map.of(LANE, 0L));
    consumer.updateEndOffsets(Map.of(LANE, end));
    return new LaneReadmission(
        consumer, to, Namespace.DEFAULT, InstantSource.fixed(NOW), Duration.ofMillis(200));
  }

  private void reject(Outcome outcome, byte[] payload, Instant received) {
    add(
        RejectedClickCodec.encode(
            new RejectedClick(outcome, "why", 0, 0, received.toEpochMilli(), payload)));
  }

  /** The consumer takes records only when it is assigned, which is while it is being polled. */
  private void add(byte[] value) {
    long offset = end++;
    consumer.schedulePollTask(
        () -> consumer.addRecord(new ConsumerRecord<>(LANE.topic(), 0, offset, null, value)));
  }

  private static MockProducer<byte[], byte[]> producer() {
    return new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static ClickEvent event(String id, SiteId site) {
    long time = NOW.minus(Duration.ofDays(4)).toEpochMilli();
    return new ClickEvent(
        id,
        site,
        new VisitorId("v"),
        EventType.PAGE,
        "",
        "http://shop.example/",
        "",
        "",
        "",
        "",
        time,
        time,
        0,
        NOW.toEpochMilli(),
        "",
        "",
        "",
        "",
        "",
        false);
  }
}
