package io.millrace.streams.table;

import io.millrace.views.table.ReferenceTable;
import io.millrace.views.table.TableReading;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topic of one reference table from its beginning, and goes on reading. Where that is not
 * enough, because the topic was made anew, emptied from its beginning or got further partitions, or
 * because reading failed, it is read again; the rows of before stay until that is done.
 *
 * <p>A plain consumer and a map, no global store of Kafka Streams: under exactly-once that one does
 * not come up again after a crash once it has been written to disk. One thread of its own.
 */
final class TableFollower implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TableFollower.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);
  private static final int LOOKS_UNTIL_MISSING = 5;

  /**
   * Longer than a broker takes to start again, or a partition to get another leader. Tasks whose
   * views read the table wait for it as long, so it is not longer than that.
   */
  private static final Duration UNREADABLE_AFTER = Duration.ofSeconds(60);

  private static final int API_MILLIS = 10_000;
  private static final int FETCH_BYTES = 1 << 20;
  private static final int PARTITION_BYTES = 256 << 10;

  private final Map<String, String> connection;
  private final TableTopics topics;
  private final ReferenceTable table;
  private final String topic;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private int looksInVain;
  private long heard = System.nanoTime();
  private boolean isUnreadable;

  private TableFollower(Map<String, String> connection, TableTopics topics, ReferenceTable table) {
    this.connection = connection;
    this.topics = topics;
    this.table = table;
    topic = table.plan().topic();
    thread = Thread.ofPlatform().name("table-" + table.generation()).daemon().unstarted(this::run);
  }

  static TableFollower start(
      Map<String, String> connection, TableTopics topics, ReferenceTable table) {
    var follower = new TableFollower(connection, topics, table);
    follower.thread.start();
    return follower;
  }

  ReferenceTable table() {
    return table;
  }

  private void run() {
    try {
      while (!isClosed()) {
        try {
          Optional<TopicFacts> facts = topics.facts(topic);
          if (facts.isPresent()) {
            looksInVain = 0;
            heardNothing();
            follow(facts.get());
          } else {
            missing();
            pause();
          }
        } catch (RuntimeException failure) {
          if (!isClosed()) {
            log.atWarn()
                .addKeyValue("table", table)
                .setCause(failure)
                .log("A reference table is read again in a moment");
          }
          heardNothing();
          pause();
        }
      }
    } catch (InterruptedException stopped) {
      // Closed; nothing is to be left behind.
    }
  }

  /** Once is not enough: a broker that has just come up may not know of all topics yet. */
  private void missing() {
    heard();
    looksInVain++;
    if (looksInVain == LOOKS_UNTIL_MISSING) {
      table.missing();
      log.atWarn()
          .addKeyValue("table", table)
          .addKeyValue("topic", topic)
          .log("The topic of a reference table is missing");
    }
  }

  private void heard() {
    heard = System.nanoTime();
    isUnreadable = false;
  }

  /** Nobody waits for ever: whatever stops the reading, it may be for good. */
  private void heardNothing() {
    if (!isUnreadable && System.nanoTime() - heard > UNREADABLE_AFTER.toNanos()) {
      isUnreadable = true;
      table.unreadable();
      log.atError()
          .addKeyValue("table", table)
          .addKeyValue("topic", topic)
          .log("The topic of a reference table cannot be read; the rows of before stay, or none");
    }
  }

  private void follow(TopicFacts facts) throws InterruptedException {
    try (var consumer =
        new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          IntStream.range(0, facts.partitions())
              .mapToObj(number -> new TopicPartition(topic, number))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
      TableReading reading = table.read(byNumber(consumer.endOffsets(partitions)));
      long looked = System.nanoTime();
      while (!isClosed()) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        records.forEach(record -> take(record, reading));
        if (reading.isWhole() || !records.isEmpty()) {
          heard();
        } else {
          heardNothing();
        }
        if (!reading.isWhole()) {
          tellWhole(reading, consumer, partitions);
        }
        if (System.nanoTime() - looked > BETWEEN_LOOKS.toNanos()) {
          if (!isTheSame(facts, beginnings, consumer)) {
            log.atInfo().addKeyValue("table", table).log("The topic of a table is another now");
            return;
          }
          looked = System.nanoTime();
        }
      }
    }
  }

  private void tellWhole(
      TableReading reading,
      KafkaConsumer<byte[], byte[]> consumer,
      List<TopicPartition> partitions) {
    var positions = new HashMap<TopicPartition, Long>();
    partitions.forEach(partition -> positions.put(partition, consumer.position(partition)));
    reading.reached(byNumber(positions));
    if (reading.isWhole()) {
      log.atInfo()
          .addKeyValue("table", table)
          .addKeyValue("state", table.status().state().label())
          .addKeyValue("rows", table.status().rows())
          .log("A reference table was read to its end");
    }
  }

  private boolean isTheSame(
      TopicFacts facts,
      Map<TopicPartition, Long> beginnings,
      KafkaConsumer<byte[], byte[]> consumer) {
    return topics.facts(topic).equals(Optional.of(facts))
        && consumer.beginningOffsets(beginnings.keySet()).equals(beginnings);
  }

  private void take(ConsumerRecord<byte[], byte[]> record, TableReading reading) {
    Optional<String> refusal =
        reading.take(record.partition(), record.offset(), record.key(), record.value());
    // Many are told now and then: the first, the second, the fourth.
    if (refusal.isPresent() && Long.bitCount(reading.refused()) == 1) {
      log.atWarn()
          .addKeyValue("table", table)
          .addKeyValue("refused", reading.refused())
          .addKeyValue("latest", refusal.get())
          .log("Records of a reference table are no rows; those of before stay");
    }
  }

  private static Map<Integer, Long> byNumber(Map<TopicPartition, Long> offsets) {
    var byNumber = new HashMap<Integer, Long>();
    offsets.forEach((partition, offset) -> byNumber.put(partition.partition(), offset));
    return byNumber;
  }

  private Map<String, Object> settings() {
    var settings = new HashMap<String, Object>(connection);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    // Where it would begin again by itself, rows that are gone would stay.
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, API_MILLIS);
    settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, API_MILLIS);
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PARTITION_BYTES);
    return settings;
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private void pause() throws InterruptedException {
    var _ = closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Leaves off; {@link #awaitEnd} waits for it. */
  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
  }

  /** Waits for at most five seconds. */
  void awaitEnd() throws InterruptedException {
    thread.join(Duration.ofSeconds(5));
  }
}
