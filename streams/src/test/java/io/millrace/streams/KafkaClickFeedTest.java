package io.millrace.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.ClickEvent;
import io.millrace.model.Enrichment;
import io.millrace.model.Namespace;
import io.millrace.model.Outcome;
import io.millrace.model.RejectedClick;
import io.millrace.model.SiteId;
import io.millrace.model.codec.ClickEventCodec;
import io.millrace.model.codec.EnrichedClickCodec;
import io.millrace.model.codec.RejectedClickCodec;
import io.millrace.views.FeedClick;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
class KafkaClickFeedTest {
  private static final TopicPartition ENRICHED = new TopicPartition("teamA.enriched-clicks", 0);
  private static final TopicPartition REJECTED = new TopicPartition("teamA.rejected-clicks", 0);
  private static final SiteId DEMO = new SiteId("demo");

  private final BlockingQueue<MockConsumer<byte[], byte[]>> consumers = new LinkedBlockingQueue<>();
  private final BlockingQueue<FeedClick> shown = new LinkedBlockingQueue<>();
  private final KafkaClickFeed feed =
      KafkaClickFeed.start(
          () -> {
            MockConsumer<byte[], byte[]> consumer = consumer();
            consumers.add(consumer);
            return consumer;
          },
          new Namespace("teamA"),
          Duration.ofMillis(1));

  @AfterEach
  void stop() {
    feed.close();
  }

  @Test
  void showsACountedClickWithWhatIsKnownOfIt() throws InterruptedException {
    // Given
    feed.subscribe(DEMO, shown::add);

    // When
    deliver(consumers.take(), ENRICHED, 0, counted("one"));

    // Then
    ClickEvent click = Clicks.click("one", "ada", "/");
    Enrichment enrichment = Clicks.enricher().enrich(click);
    assertThat(next())
        .isEqualTo(new FeedClick(click, Optional.of(enrichment), Outcome.COUNTED, ""));
  }

  @Test
  void showsARejectedClickWithTheReason() throws InterruptedException {
    // Given
    feed.subscribe(DEMO, shown::add);

    // When
    deliver(consumers.take(), REJECTED, 0, rejected("one"));

    // Then
    assertThat(next())
        .isEqualTo(
            new FeedClick(
                Clicks.click("one", "ada", "/"), Optional.empty(), Outcome.BOT, "a robot"));
  }

  @Test
  void showsTheClicksOfTheSiteAloneToEachWhoWatchesIt() throws InterruptedException {
    // Given
    BlockingQueue<FeedClick> others = new LinkedBlockingQueue<>();
    BlockingQueue<FeedClick> seconds = new LinkedBlockingQueue<>();
    feed.subscribe(new SiteId("other"), others::add);
    feed.subscribe(DEMO, seconds::add);
    feed.subscribe(DEMO, shown::add);

    // When
    deliver(consumers.take(), ENRICHED, 0, counted("one"));

    // Then
    assertThat(next().event().id()).isEqualTo("one");
    assertThat(seconds).hasSize(1);
    assertThat(others).isEmpty();
  }

  @Test
  void passesOverWhatIsNoClick() throws InterruptedException {
    // Given
    feed.subscribe(DEMO, shown::add);
    var consumer = consumers.take();
    byte[] noClick = "no click".getBytes(StandardCharsets.UTF_8);

    // When
    deliver(consumer, ENRICHED, 0, null);
    deliver(consumer, ENRICHED, 1, noClick);
    deliver(consumer, REJECTED, 0, noClick);
    deliver(
        consumer,
        REJECTED,
        1,
        RejectedClickCodec.encode(new RejectedClick(Outcome.INVALID, "", 0, 0, 0, noClick)));
    deliver(consumer, REJECTED, 2, rejected("good"));

    // Then
    assertThat(next().event().id()).isEqualTo("good");
    assertThat(shown).isEmpty();
  }

  @Test
  void jumpsToTheEndWhereItFallsBehind() throws InterruptedException {
    // Given
    feed.subscribe(DEMO, shown::add);
    var consumer = consumers.take();
    int most = KafkaClickFeed.MOST_RECORDS;

    // When
    // The first poll finds the end, which must not be the end of what comes after it.
    consumer.schedulePollTask(() -> {});
    consumer.schedulePollTask(
        () -> {
          consumer.updateEndOffsets(Map.of(ENRICHED, 2L * most, REJECTED, 0L));
          for (int offset = 0; offset < 2 * most; offset++) {
            add(consumer, ENRICHED, offset, counted("old-" + offset));
          }
        });
    for (int i = 0; i < most; i++) {
      assertThat(next().event().id()).isEqualTo("old-" + i);
    }
    // The jump is made by the poll after it, and each poll does one of these.
    consumer.schedulePollTask(() -> {});
    deliver(consumer, ENRICHED, 2L * most, counted("new"));

    // Then
    assertThat(next().event().id()).isEqualTo("new");
  }

  @Test
  void readsOnlyWhileSomebodyWatches() throws InterruptedException {
    // Given
    var first = feed.subscribe(DEMO, shown::add);
    var second = feed.subscribe(DEMO, shown::add);
    var consumer = consumers.take();

    // When
    first.close();
    deliver(consumer, ENRICHED, 0, counted("one"));

    // Then
    assertThat(next().event().id()).isEqualTo("one");

    // When
    second.close();

    // Then
    awaitClosed(consumer);
    assertThat(shown).isEmpty();

    // When
    feed.subscribe(DEMO, shown::add);
    deliver(consumers.take(), ENRICHED, 0, counted("two"));

    // Then
    assertThat(next().event().id()).isEqualTo("two");
  }

  @Test
  void beginsAnewAfterAFailure() throws InterruptedException {
    // Given
    feed.subscribe(DEMO, shown::add);
    var broken = consumers.take();

    // When
    broken.setPollException(new KafkaException("taken away"));

    // Then
    deliver(consumers.take(), ENRICHED, 0, counted("after"));
    assertThat(next().event().id()).isEqualTo("after");
    assertThat(broken.closed()).isTrue();
  }

  @Test
  void showsTheOthersWhatOneFailsAt() throws InterruptedException {
    // Given
    feed.subscribe(
        DEMO,
        click -> {
          throw new IllegalStateException("planted");
        });
    feed.subscribe(DEMO, shown::add);
    var consumer = consumers.take();

    // When
    deliver(consumer, ENRICHED, 0, counted("one"));

    // Then
    assertThat(next().event().id()).isEqualTo("one");
    assertThat(consumer.closed()).isFalse();
  }

  @Test
  void endsWhileItReads() throws InterruptedException {
    // Given
    feed.subscribe(DEMO, shown::add);
    var consumer = consumers.take();

    // When
    feed.close();

    // Then
    assertThat(consumer.closed()).isTrue();
  }

  private FeedClick next() throws InterruptedException {
    FeedClick click = shown.poll(30, TimeUnit.SECONDS);
    assertThat(click).as("the next click").isNotNull();
    return click;
  }

  private static void awaitClosed(MockConsumer<?, ?> consumer) throws InterruptedException {
    while (!consumer.closed()) {
      Thread.sleep(1);
    }
  }

  private static byte[] counted(String id) {
    ClickEvent click = Clicks.click(id, "ada", "/");
    return EnrichedClickCodec.encode(
        ClickEventCodec.encode(click), Clicks.enricher().enrich(click));
  }

  private static byte[] rejected(String id) {
    byte[] payload = ClickEventCodec.encode(Clicks.click(id, "ada", "/"));
    return RejectedClickCodec.encode(
        new RejectedClick(Outcome.BOT, "a robot", 0, 0, Clicks.NOW, payload));
  }

  private static MockConsumer<byte[], byte[]> consumer() {
    var consumer = new MockConsumer<byte[], byte[]>("latest");
    for (TopicPartition partition : List.of(ENRICHED, REJECTED)) {
      consumer.updatePartitions(
          partition.topic(),
          List.of(
              new PartitionInfo(partition.topic(), 0, Node.noNode(), new Node[0], new Node[0])));
    }
    consumer.updateBeginningOffsets(Map.of(ENRICHED, 0L, REJECTED, 0L));
    consumer.updateEndOffsets(Map.of(ENRICHED, 0L, REJECTED, 0L));
    consumer.setMaxPollRecords(KafkaClickFeed.MOST_RECORDS);
    return consumer;
  }

  /** In the next poll: a record can be given only to a consumer that has its partition. */
  private static void deliver(
      MockConsumer<byte[], byte[]> consumer, TopicPartition partition, long offset, byte[] value) {
    consumer.schedulePollTask(() -> add(consumer, partition, offset, value));
  }

  private static void add(
      MockConsumer<byte[], byte[]> consumer, TopicPartition partition, long offset, byte[] value) {
    consumer.addRecord(
        new ConsumerRecord<>(partition.topic(), partition.partition(), offset, new byte[0], value));
  }
}
