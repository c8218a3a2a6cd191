package io.millrace.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.ClickEvent;
import io.millrace.model.Namespace;
import io.millrace.model.codec.ClickEventCodec;
import io.millrace.model.codec.EnrichedClickCodec;
import io.millrace.views.ClickPosition;
import io.millrace.views.ClickTail;
import io.millrace.views.ClicksGoneException;
import io.millrace.views.TailBatch;
import io.millrace.views.TailClick;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KafkaClickTailTest {
  private static final TopicPartition FIRST = new TopicPartition("enriched-clicks", 0);
  private static final TopicPartition SECOND = new TopicPartition("enriched-clicks", 1);

  private final BlockingQueue<MockConsumer<byte[], byte[]>> consumers = new LinkedBlockingQueue<>();
  private final Received received = new Received();
  private final KafkaClickTail tail =
      KafkaClickTail.start(
          () -> {
            MockConsumer<byte[], byte[]> consumer = consumer();
            consumers.add(consumer);
            return consumer;
          },
          Namespace.DEFAULT,
          Duration.ofMillis(1));

  @AfterEach
  void stop() {
    tail.close();
  }

  @Test
  void tellsFromWhereOnEverythingComes() throws InterruptedException {
    // When
    ClickTail.Subscription subscription = tail.subscribe(received);
    var consumer = consumers.take();
    deliver(consumer, FIRST, 5);
    deliver(consumer, SECOND, 7);

    // Then
    assertThat(subscription.start()).isEqualTo(new ClickPosition(List.of(5L, 7L)));
    assertThat(received.offsets(2)).containsExactlyInAnyOrder("0/5", "1/7");
  }

  @Test
  void oneReadingIsForAllWhoFollowAndEndsWithTheLast() throws InterruptedException {
    // Given
    ClickTail.Subscription first = tail.subscribe(received);
    var consumer = consumers.take();
    deliver(consumer, FIRST, 5);
    assertThat(received.offsets(1)).containsExactly("0/5");

    // When somebody else comes
    var other = new Received();
    ClickTail.Subscription second = tail.subscribe(other);
    deliver(consumer, FIRST, 6);

    // Then there is no other reading, and each has what comes after its start
    assertThat(second.start()).isEqualTo(new ClickPosition(List.of(6L, 7L)));
    assertThat(other.offsets(1)).containsExactly("0/6");
    assertThat(received.offsets(1)).containsExactly("0/6");
    assertThat(consumers).isEmpty();

    // When nobody is left
    first.close();
    second.close();

    // Then
    while (!consumer.closed()) {
      Thread.sleep(1);
    }
  }

  @Test
  void goesOnWhereItWasAfterAFailure() throws InterruptedException {
    // Given
    var _ = tail.subscribe(received);
    var broken = consumers.take();
    deliver(broken, FIRST, 5);
    assertThat(received.offsets(1)).containsExactly("0/5");

    // When
    broken.setPollException(new KafkaException("taken away"));

    // Then not at the end, which has moved in the meantime
    var next = consumers.take();
    while (next.assignment().isEmpty()) {
      Thread.sleep(1);
    }
    deliver(next, FIRST, 6);
    deliver(next, FIRST, 7);
    assertThat(received.offsets(2)).containsExactly("0/6", "0/7");
  }

  @Test
  void readsThePastFromAPlaceOfBefore() {
    try (ClickTail.Past past = tail.readFrom(new ClickPosition(List.of(3L, 7L)))) {
      var consumer = consumers.poll();
      assertThat(consumer).isNotNull();
      deliver(consumer, FIRST, 3);

      TailBatch batch = past.next();

      assertThat(batch.clicks()).extracting(TailClick::offset).containsExactly(3L);
      assertThat(batch.end()).isEqualTo(new ClickPosition(List.of(4L, 7L)));
    }
  }

  @Test
  void refusesPlacesThatAreGoneOrWereNever() {
    assertThatThrownBy(() -> tail.readFrom(new ClickPosition(List.of(1L, 7L))))
        .isInstanceOf(ClicksGoneException.class);
    assertThatThrownBy(() -> tail.readFrom(new ClickPosition(List.of(6L, 7L))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tail.readFrom(new ClickPosition(List.of(5L, 7L, 0L))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(consumers).allMatch(MockConsumer::closed).hasSize(3);
  }

  /** Remembers where the clicks stood. */
  private static final class Received implements ClickTail.Receiver {
    private final BlockingQueue<String> offsets = new LinkedBlockingQueue<>();

    @Override
    public void accept(TailBatch batch) {
      batch.clicks().forEach(click -> offsets.add(click.partition() + "/" + click.offset()));
    }

    @Override
    public void failed() {
      offsets.add("failed");
    }

    List<String> offsets(int count) throws InterruptedException {
      var taken = new ArrayList<String>();
      for (int i = 0; i < count; i++) {
        taken.add(String.valueOf(offsets.poll(30, TimeUnit.SECONDS)));
      }
      return taken;
    }
  }

  private static void deliver(
      MockConsumer<byte[], byte[]> consumer, TopicPartition partition, long offset) {
    ClickEvent click = Clicks.click("one", "ada", "/");
    byte[] value =
        EnrichedClickCodec.encode(ClickEventCodec.encode(click), Clicks.enricher().enrich(click));
    consumer.schedulePollTask(
        () ->
            consumer.addRecord(
                new ConsumerRecord<>(
                    partition.topic(), partition.partition(), offset, new byte[0], value)));
  }

  /** The log begins at 2 and ends before 5 and 7. */
  private static MockConsumer<byte[], byte[]> consumer() {
    var consumer = new MockConsumer<byte[], byte[]>("none");
    consumer.updatePartitions(
        FIRST.topic(),
        List.of(
            new PartitionInfo(FIRST.topic(), 0, Node.noNode(), new Node[0], new Node[0]),
            new PartitionInfo(FIRST.topic(), 1, Node.noNode(), new Node[0], new Node[0])));
    consumer.updateBeginningOffsets(Map.of(FIRST, 2L, SECOND, 2L));
    consumer.updateEndOffsets(Map.of(FIRST, 5L, SECOND, 7L));
    return consumer;
  }
}
