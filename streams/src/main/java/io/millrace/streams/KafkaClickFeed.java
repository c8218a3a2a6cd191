package io.millrace.streams;

import io.millrace.model.ClickEvent;
import io.millrace.model.EnrichedClick;
import io.millrace.model.Namespace;
import io.millrace.model.Outcome;
import io.millrace.model.RejectedClick;
import io.millrace.model.SiteId;
import io.millrace.model.Topic;
import io.millrace.model.codec.ClickEventCodec;
import io.millrace.model.codec.Decoded;
import io.millrace.model.codec.EnrichedClickCodec;
import io.millrace.model.codec.RejectedClickCodec;
import io.millrace.views.ClickFeed;
import io.millrace.views.FeedClick;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the ends of enriched-clicks and rejected-clicks for those who watch, and only while
 * somebody does. What it shows is committed. When it falls behind it jumps to the end: a feed is
 * for looking, not for counting.
 *
 * <p>One thread of its own reads and calls the receivers; any thread may subscribe.
 */
public final class KafkaClickFeed implements ClickFeed, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(KafkaClickFeed.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(2);
  static final int MOST_RECORDS = 500;

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final Duration pauseAfterFailure;
  private final List<String> topics;
  private final String enrichedTopic;
  private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread thread;
  private volatile boolean closed;

  private record Watcher(SiteId site, java.util.function.Consumer<FeedClick> receiver) {}

  private KafkaClickFeed(
      Supplier<Consumer<byte[], byte[]>> consumers,
      Namespace namespace,
      Duration pauseAfterFailure) {
    this.consumers = consumers;
    this.pauseAfterFailure = pauseAfterFailure;
    enrichedTopic = namespace.qualify(Topic.ENRICHED_CLICKS.localName());
    topics = List.of(enrichedTopic, namespace.qualify(Topic.REJECTED_CLICKS.localName()));
    thread = Thread.ofPlatform().name("click-feed").daemon().unstarted(this::run);
  }

  /**
   * A feed that is ready for subscribers.
   *
   * @param connection settings that any client needs to reach the cluster, by Kafka's names
   */
  public static KafkaClickFeed start(Map<String, String> connection, Namespace namespace) {
    return start(() -> consumer(connection), namespace, PAUSE_AFTER_FAILURE);
  }

  static KafkaClickFeed start(
      Supplier<Consumer<byte[], byte[]>> consumers,
      Namespace namespace,
      Duration pauseAfterFailure) {
    var feed = new KafkaClickFeed(consumers, namespace, pauseAfterFailure);
    feed.thread.start();
    return feed;
  }

  private static Consumer<byte[], byte[]> consumer(Map<String, String> connection) {
    var settings = new HashMap<String, Object>(connection);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_RECORDS);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public Subscription subscribe(SiteId site, java.util.function.Consumer<FeedClick> receiver) {
    var watcher = new Watcher(site, receiver);
    watchers.add(watcher);
    signal();
    return () -> watchers.remove(watcher);
  }

  private void run() {
    while (!closed) {
      try {
        awaitWatchers();
        if (!closed) {
          follow();
        }
      } catch (InterruptedException stopped) {
        return;
      } catch (WakeupException stopped) {
        // Closed while reading.
      } catch (RuntimeException failure) {
        log.atWarn().setCause(failure).log("The live feed pauses");
        pause();
      }
    }
  }

  private void awaitWatchers() throws InterruptedException {
    lock.lock();
    try {
      while (watchers.isEmpty() && !closed) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private void follow() {
    try (Consumer<byte[], byte[]> consumer = consumers.get()) {
      List<TopicPartition> partitions =
          topics.stream()
              .flatMap(topic -> consumer.partitionsFor(topic).stream())
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToEnd(partitions);
      while (!watchers.isEmpty() && !closed) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        records.forEach(this::show);
        if (records.count() == MOST_RECORDS) {
          consumer.seekToEnd(partitions);
        }
      }
    }
  }

  private void show(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return;
    }
    Optional<FeedClick> shown =
        record.topic().equals(enrichedTopic) ? counted(record.value()) : rejected(record.value());
    shown.ifPresent(this::show);
  }

  private void show(FeedClick click) {
    for (Watcher watcher : watchers) {
      if (watcher.site.equals(click.event().site())) {
        show(click, watcher);
      }
    }
  }

  /** One that fails must not keep the others from seeing anything. */
  private void show(FeedClick click, Watcher watcher) {
    try {
      watcher.receiver.accept(click);
    } catch (RuntimeException failure) {
      watchers.remove(watcher);
      log.atWarn().setCause(failure).log("A watcher of the live feed failed and sees no more");
    }
  }

  private static Optional<FeedClick> counted(byte[] value) {
    return switch (EnrichedClickCodec.decode(value)) {
      case Decoded.Value<EnrichedClick>(EnrichedClick click) ->
          Optional.of(
              new FeedClick(click.click(), Optional.of(click.enrichment()), Outcome.COUNTED, ""));
      case Decoded.Malformed<EnrichedClick> ignored -> Optional.empty();
    };
  }

  private static Optional<FeedClick> rejected(byte[] value) {
    if (!(RejectedClickCodec.decode(value)
        instanceof Decoded.Value<RejectedClick>(RejectedClick click))) {
      return Optional.empty();
    }
    return switch (ClickEventCodec.decode(click.payload())) {
      case Decoded.Value<ClickEvent>(ClickEvent event) ->
          Optional.of(new FeedClick(event, Optional.empty(), click.outcome(), click.reason()));
      case Decoded.Malformed<ClickEvent> ignored -> Optional.empty();
    };
  }

  private void pause() {
    lock.lock();
    try {
      long left = pauseAfterFailure.toNanos();
      while (!closed && left > 0) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private void signal() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Stops following; waits for at most five seconds. */
  @Override
  public void close() {
    closed = true;
    signal();
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
