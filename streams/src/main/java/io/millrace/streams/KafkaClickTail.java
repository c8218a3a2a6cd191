package io.millrace.streams;

import io.millrace.model.Namespace;
import io.millrace.model.Topic;
import io.millrace.views.CellsUnavailableException;
import io.millrace.views.ClickPosition;
import io.millrace.views.ClickTail;
import io.millrace.views.TailBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads enriched-clicks for those who must not miss any: one reading for all who follow the end of
 * it, and only while somebody does. It hands over records as they are; who has them decides what to
 * do with them, in a thread of his own.
 *
 * <p>One thread of its own reads and calls the receivers; any thread may subscribe. After a failure
 * it goes on where it was.
 */
public final class KafkaClickTail implements ClickTail, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(KafkaClickTail.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(2);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
  private static final int MOST_RECORDS = 1_000;

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final String topic;
  private final Duration pauseAfterFailure;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread thread;

  /** All below are guarded by the lock. */
  private final List<Follower> followers = new ArrayList<>();

  /** Where the reading is that all share; none while nobody follows. */
  private @Nullable ClickPosition position;

  private boolean isClosed;

  private KafkaClickTail(
      Supplier<Consumer<byte[], byte[]>> consumers,
      Namespace namespace,
      Duration pauseAfterFailure) {
    this.consumers = consumers;
    this.pauseAfterFailure = pauseAfterFailure;
    topic = namespace.qualify(Topic.ENRICHED_CLICKS.localName());
    thread = Thread.ofPlatform().name("click-tail").daemon().unstarted(this::run);
  }

  /**
   * A tail that is ready for those who follow.
   *
   * @param connection settings that any client needs to reach the cluster, by Kafka's names
   */
  public static KafkaClickTail start(Map<String, String> connection, Namespace namespace) {
    return start(() -> consumer(connection), namespace, PAUSE_AFTER_FAILURE);
  }

  static KafkaClickTail start(
      Supplier<Consumer<byte[], byte[]>> consumers,
      Namespace namespace,
      Duration pauseAfterFailure) {
    var tail = new KafkaClickTail(consumers, namespace, pauseAfterFailure);
    tail.thread.start();
    return tail;
  }

  private static Consumer<byte[], byte[]> consumer(Map<String, String> connection) {
    var settings = new HashMap<String, Object>(connection);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    // What was deleted before it was read is said, not passed over.
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_RECORDS);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public Subscription subscribe(Receiver receiver) {
    var follower = new Follower(receiver);
    lock.lock();
    try {
      followers.add(follower);
      follower.start = position;
      changed.signalAll();
      long left = LONGEST_WAIT.toNanos();
      while (follower.start == null && !isClosed && left > 0) {
        left = changed.awaitNanos(left);
      }
      ClickPosition start = follower.start;
      if (start == null) {
        followers.remove(follower);
        throw unavailable(new IllegalStateException("no answer within " + LONGEST_WAIT));
      }
      return new Following(follower, start);
    } catch (InterruptedException stopped) {
      followers.remove(follower);
      Thread.currentThread().interrupt();
      throw unavailable(stopped);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Past readFrom(ClickPosition place) {
    return ClickLogReading.from(place, consumers, topic);
  }

  static CellsUnavailableException unavailable(Exception cause) {
    return new CellsUnavailableException("The clicks cannot be read", cause);
  }

  /** One who follows. */
  private static final class Follower {
    private final Receiver receiver;

    /** From where on it has everything; none before the reading has begun. */
    private @Nullable ClickPosition start;

    Follower(Receiver receiver) {
      this.receiver = receiver;
    }
  }

  /** What whoever follows has of it. */
  private final class Following implements Subscription {
    private final Follower follower;
    private final ClickPosition start;

    Following(Follower follower, ClickPosition start) {
      this.follower = follower;
      this.start = start;
    }

    @Override
    public ClickPosition start() {
      return start;
    }

    @Override
    public void close() {
      lock.lock();
      try {
        followers.remove(follower);
      } finally {
        lock.unlock();
      }
    }
  }

  private void run() {
    while (isWanted()) {
      try {
        follow();
      } catch (OffsetOutOfRangeException gone) {
        log.atWarn().setCause(gone).log("Clicks were deleted before they were pushed");
        failAll();
      } catch (RuntimeException failure) {
        log.atWarn().setCause(failure).log("Pushing clicks pauses");
        pause();
      }
    }
  }

  /** Waits until somebody follows; false at the end. */
  private boolean isWanted() {
    lock.lock();
    try {
      while (followers.isEmpty() && !isClosed) {
        position = null;
        changed.awaitUninterruptibly();
      }
      return !isClosed;
    } finally {
      lock.unlock();
    }
  }

  private void follow() {
    try (ClickLogReading reading = begin()) {
      begun(reading.position());
      while (isGoingOn()) {
        hand(reading.poll(POLL));
      }
    }
  }

  private ClickLogReading begin() {
    ClickPosition last = lastPosition();
    return last == null
        ? ClickLogReading.fromEnd(consumers, topic)
        : ClickLogReading.goingOn(last, consumers, topic);
  }

  private @Nullable ClickPosition lastPosition() {
    lock.lock();
    try {
      return position;
    } finally {
      lock.unlock();
    }
  }

  private void begun(ClickPosition place) {
    lock.lock();
    try {
      position = place;
      followers.stream()
          .filter(follower -> follower.start == null)
          .forEach(follower -> follower.start = place);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean isGoingOn() {
    lock.lock();
    try {
      return !followers.isEmpty() && !isClosed;
    } finally {
      lock.unlock();
    }
  }

  /** Under the lock, so that whoever subscribes has all from the position that it is told. */
  private void hand(TailBatch batch) {
    lock.lock();
    try {
      position = batch.end();
      if (!batch.clicks().isEmpty()) {
        List.copyOf(followers).forEach(follower -> hand(batch, follower));
      }
    } finally {
      lock.unlock();
    }
  }

  /** One that fails must not keep the others from seeing anything. */
  private void hand(TailBatch batch, Follower follower) {
    try {
      follower.receiver.accept(batch);
    } catch (RuntimeException failure) {
      followers.remove(follower);
      log.atWarn().setCause(failure).log("One who follows clicks failed and sees no more");
    }
  }

  private void failAll() {
    lock.lock();
    try {
      followers.forEach(follower -> follower.receiver.failed());
      followers.clear();
      position = null;
    } finally {
      lock.unlock();
    }
  }

  private void pause() {
    lock.lock();
    try {
      long left = pauseAfterFailure.toNanos();
      while (!isClosed && left > 0) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** Stops reading; waits for at most five seconds. */
  @Override
  public void close() {
    lock.lock();
    try {
      isClosed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
