package io.millrace.ops;

import io.millrace.model.Namespace;
import io.millrace.model.Topic;
import io.millrace.model.codec.Decoded;
import io.millrace.model.instance.Announcement;
import io.millrace.model.instance.AnnouncementCodec;
import io.millrace.model.instance.InstanceDirectory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an {@link InstanceDirectory} in step with the topic instances, and sends what this instance
 * says of itself.
 *
 * <p>One thread of its own reads, from a few announcements before the end, as the order in which
 * instances began to have something counts. What was said before this process listened was heard as
 * long ago as it is old, so nobody is taken for present who has ended since; clocks that differ
 * make of that at most a second, after which whoever is there is heard. After a failure it goes on
 * where it was. Any thread may announce.
 */
public final class InstanceLog implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(InstanceLog.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** Announcements of the latest seconds of as many instances as one can imagine. */
  private static final int READ_BACK = 500;

  private final TopicPartition partition;
  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final InstantSource clock;
  private final InstanceDirectory directory;
  private final Producer<byte[], byte[]> producer;
  private final AtomicLong unreadable = new AtomicLong();
  private final Thread thread;
  private volatile @Nullable Consumer<byte[], byte[]> reading;
  private volatile boolean isClosed;

  /** The offset to go on from; less than 0 before anything was read. Of the thread that reads. */
  private long next = -1;

  InstanceLog(
      Supplier<Consumer<byte[], byte[]>> consumers,
      Producer<byte[], byte[]> producer,
      Namespace namespace,
      InstanceDirectory directory,
      InstantSource clock) {
    this.consumers = consumers;
    this.producer = producer;
    this.directory = directory;
    this.clock = clock;
    partition = new TopicPartition(namespace.qualify(Topic.INSTANCES.localName()), 0);
    thread = Thread.ofPlatform().name("instance-log").daemon().unstarted(this::run);
  }

  /**
   * Begins to read.
   *
   * @param connection settings that any client needs to reach the cluster, by Kafka's names
   */
  public static InstanceLog start(
      Map<String, String> connection, Namespace namespace, InstanceDirectory directory) {
    var clients = new LogClients(connection);
    var instances =
        new InstanceLog(
            () -> clients.consumer("latest"),
            clients.carelessProducer(TIMEOUT),
            namespace,
            directory,
            InstantSource.system());
    instances.start();
    return instances;
  }

  void start() {
    thread.start();
  }

  /** All instances, kept up to date. */
  public InstanceDirectory directory() {
    return directory;
  }

  /** How many records could not be understood and were passed over. */
  public long unreadable() {
    return unreadable.get();
  }

  /** Sends what an instance says of itself; what fails is said again in a moment. */
  public void announce(Announcement announcement) {
    send(announcement.instance(), AnnouncementCodec.encode(announcement));
  }

  /** Says that an instance has ended, and waits for a moment until it is said. */
  public void leave(String instance) {
    var gone =
        new ProducerRecord<byte[], byte[]>(
            partition.topic(),
            partition.partition(),
            instance.getBytes(StandardCharsets.UTF_8),
            null);
    try {
      var _ = producer.send(gone).get(2, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | KafkaException failure) {
      log.atInfo().setCause(failure).log("Others notice by themselves that this instance ends");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(String instance, byte[] value) {
    byte[] key = instance.getBytes(StandardCharsets.UTF_8);
    try {
      var _ =
          producer.send(
              new ProducerRecord<>(partition.topic(), partition.partition(), key, value),
              (sent, failure) -> {
                if (failure != null) {
                  log.atDebug().setCause(failure).log("An announcement was not sent");
                }
              });
    } catch (KafkaException failure) {
      log.atDebug().setCause(failure).log("An announcement was not sent");
    }
  }

  private void run() {
    while (!isClosed) {
      try (Consumer<byte[], byte[]> consumer = consumers.get()) {
        reading = consumer;
        follow(consumer);
      } catch (WakeupException | InterruptException stopped) {
        log.atDebug().log("Reading the announcements of instances is stopped");
      } catch (RuntimeException failure) {
        log.atWarn().setCause(failure).log("Announcements of instances are read on in a moment");
        pause();
      }
    }
  }

  private void follow(Consumer<byte[], byte[]> consumer) {
    consumer.assign(List.of(partition));
    long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    long beginning = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
    consumer.seek(partition, Math.max(beginning, isKnown(end) ? next : end - READ_BACK));
    while (!isClosed) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        boolean isNew = record.offset() >= end;
        apply(record, System.nanoTime() - (isNew ? 0 : ageNanos(record)));
        next = record.offset() + 1;
      }
    }
  }

  /** Whether it is to go on where it was; not if the topic has been made anew. */
  private boolean isKnown(long end) {
    return next >= 0 && next <= end;
  }

  private long ageNanos(ConsumerRecord<byte[], byte[]> record) {
    return TimeUnit.MILLISECONDS.toNanos(Math.max(0, clock.millis() - record.timestamp()));
  }

  private void apply(ConsumerRecord<byte[], byte[]> record, long heardNanos) {
    if (record.value() == null) {
      if (record.key() != null) {
        directory.leave(new String(record.key(), StandardCharsets.UTF_8));
      }
      return;
    }
    switch (AnnouncementCodec.decode(record.value())) {
      case Decoded.Value<Announcement>(Announcement announcement) ->
          directory.apply(announcement, record.offset(), heardNanos);
      case Decoded.Malformed<Announcement>(String reason) -> {
        unreadable.incrementAndGet();
        log.atDebug()
            .addKeyValue("offset", record.offset())
            .addKeyValue("reason", reason)
            .log("Passed over an announcement");
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_AFTER_FAILURE);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    isClosed = true;
    Consumer<byte[], byte[]> consumer = reading;
    if (consumer != null) {
      consumer.wakeup();
    }
    producer.close(Duration.ofSeconds(2));
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
