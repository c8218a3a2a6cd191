package io.millrace.streams.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.codec.ByteWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.errors.TaskMigratedException;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitsTest {
  @TempDir private Path folder;
  private final AtomicLong nanos = new AtomicLong();
  private final TransactionWatch watch = new TransactionWatch(nanos::get);

  /** Kafka Streams calls close and init of the same processor when it revives a task. */
  @Test
  void whatWasScheduledBeforeATaskWasRevivedDoesNotGoOn() {
    var events = new ArrayList<String>();
    var topology =
        new Topology()
            .addSource("source", "in")
            .addProcessor("process", () -> new Revived(events), "source")
            .addStateStore(new CommitHookBuilder("hook"), "process");
    try (var driver = new TopologyTestDriver(topology, properties())) {
      var input = driver.createInputTopic("in", new StringSerializer(), new StringSerializer());
      input.pipeInput("k", "deadline");
      driver.advanceWallClockTime(Duration.ofSeconds(10));
      assertThat(events)
          .containsExactly("before commit 1", "deadline 1", "repeat 1", "before commit 1");
      input.pipeInput("k", "deadline");
      events.clear();

      // When
      input.pipeInput("k", "revive");
      driver.advanceWallClockTime(Duration.ofSeconds(10));

      // Then
      assertThat(events).containsExactly("repeat 2", "before commit 2");
    }
  }

  @Test
  void aStoreHasTheNumberOfTheLastCommitThatChangedIt() {
    var events = new ArrayList<String>();
    try (var driver = new TopologyTestDriver(withStores(events), properties())) {
      var input = driver.createInputTopic("in", new StringSerializer(), new StringSerializer());

      // When: the test driver commits after each record.
      input.pipeInput("k", "put kept");
      input.pipeInput("k", "put kept");
      input.pipeInput("k", "put cached");
      input.pipeInput("k", "nothing");

      // Then
      assertThat(number(driver, "kept")).isEqualTo(2);
      assertThat(number(driver, "cached")).isEqualTo(1);
      input.pipeInput("k", "revive");
      input.pipeInput("k", "nothing");
      driver.advanceWallClockTime(Duration.ofSeconds(1));
      assertThat(events).isEmpty();
    }
  }

  @Test
  void aTaskWithAStoreOfThePastIsGivenUpBeforeItDoesAnything() {
    var events = new ArrayList<String>();
    var driver = new TopologyTestDriver(withStores(events), properties());
    var input = driver.createInputTopic("in", new StringSerializer(), new StringSerializer());
    input.pipeInput("k", "put kept");
    input.pipeInput("k", "put kept");
    input.pipeInput("k", "put cached");
    setNumber(driver, "kept", 1);

    // When: with the commit that the test driver makes.
    assertThatThrownBy(() -> input.pipeInput("k", "revive"))
        .isInstanceOf(TaskMigratedException.class);

    // Then
    assertThat(events).containsExactly("stale");
    assertThatThrownBy(() -> driver.advanceWallClockTime(Duration.ofMillis(10)))
        .isInstanceOf(TaskMigratedException.class)
        .hasMessageContaining("0_0");
    assertThatThrownBy(() -> input.pipeInput("k", "put kept"))
        .isInstanceOf(TaskMigratedException.class);
    assertThatThrownBy(driver::close).isInstanceOf(TaskMigratedException.class);
  }

  /** As {@code kafka-consumer-groups --reset-offsets} does, or a group that was forgotten. */
  @Test
  void positionsThatSomebodyElseHasSetAreTaken() {
    var events = new ArrayList<String>();
    try (var driver = new TopologyTestDriver(withStores(events), properties())) {
      var input = driver.createInputTopic("in", new StringSerializer(), new StringSerializer());
      setNumber(driver, "kept", 7);

      // When
      input.pipeInput("k", "revive");
      input.pipeInput("k", "put kept");
      driver.advanceWallClockTime(Duration.ofMillis(10));

      // Then
      assertThat(number(driver, "kept")).isEqualTo(8);
      assertThat(events).isEmpty();
    }
  }

  /**
   * What a disk lost with the power is nowhere else, and nobody is helped by one who waits for it.
   */
  @Test
  void aStoreThatStaysOfThePastForMinutesIsTaken() {
    var events = new ArrayList<String>();
    try (var driver = new TopologyTestDriver(withStores(events), properties())) {
      var input = driver.createInputTopic("in", new StringSerializer(), new StringSerializer());
      for (int i = 0; i < 5; i++) {
        input.pipeInput("k", "put kept");
      }
      setNumber(driver, "kept", 2);
      assertThatThrownBy(() -> input.pipeInput("k", "revive"))
          .isInstanceOf(TaskMigratedException.class);
      assertThat(events).containsExactly("stale");
      nanos.addAndGet(Duration.ofMinutes(5).toNanos());

      // When
      input.pipeInput("k", "revive");
      input.pipeInput("k", "put kept");

      // Then
      assertThat(events).as("once").containsExactly("stale");
      assertThat(number(driver, "kept")).as("none that there was before").isEqualTo(6);
    }
  }

  /** There is no position yet that the number could be committed with. */
  @Test
  void nothingIsNumberedBeforeTheFirstRecord() {
    var events = new ArrayList<String>();
    try (var driver = new TopologyTestDriver(withStores(events), properties())) {
      var input = driver.createInputTopic("in", new StringSerializer(), new StringSerializer());
      driver.advanceWallClockTime(Duration.ofMinutes(1));
      assertThat(events).containsExactly("repeated");
      assertThat(number(driver, "kept")).isZero();

      input.pipeInput("k", "nothing");

      assertThat(number(driver, "kept")).as("with what came before").isEqualTo(1);
    }
  }

  @Test
  void whatWasGatheredBeforeItsTransactionWasAbortedIsNotCommittedWithTheNext() {
    var transactions = new TransactionWatch();
    var topology =
        new Topology()
            .addSource("source", "in")
            .addProcessor("process", () -> new Gathering(transactions), "source")
            .addStateStore(new CommitHookBuilder("hook"), "process");
    var driver = new TopologyTestDriver(topology, properties());
    var input = driver.createInputTopic("in", new StringSerializer(), new StringSerializer());
    transactions.abort();
    input.pipeInput("k", "gather");
    transactions.commit();
    transactions.abort();
    input.pipeInput("k", "gather");
    transactions.commit();

    // Then: neither now nor with a last commit.
    assertThatThrownBy(() -> input.pipeInput("k", "gather, abort"))
        .isInstanceOf(TaskMigratedException.class)
        .hasMessageContaining("aborted");
    assertThatThrownBy(driver::close).isInstanceOf(TaskMigratedException.class);
  }

  private Topology withStores(List<String> events) {
    return new Topology()
        .addSource("source", "in")
        .addProcessor("process", () -> new Putting(events), "source")
        .addStateStore(new CommitHookBuilder("hook"), "process")
        .addStateStore(store("kept"), "process")
        .addStateStore(store("cached").withCachingEnabled(), "process");
  }

  private static StoreBuilder<KeyValueStore<byte[], byte[]>> store(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.ByteArray(), Serdes.ByteArray())
        .withLoggingEnabled(Map.of());
  }

  private static long number(TopologyTestDriver driver, String store) {
    return new NumberedStore(driver.getKeyValueStore(store)).number();
  }

  private static void setNumber(TopologyTestDriver driver, String store, long number) {
    var out = new ByteWriter(Long.BYTES);
    out.writeFixedLong(number);
    driver.<byte[], byte[]>getKeyValueStore(store).put(new byte[0], out.toBytes());
  }

  private Properties properties() {
    var properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "commits");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
    properties.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
    properties.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
    return properties;
  }

  private static final class Revived implements Processor<String, String, String, String> {
    private final List<String> events;
    private @Nullable ProcessorContext<String, String> context;
    private @Nullable Commits commits;
    private @Nullable Deadline deadline;
    private int lives;

    Revived(List<String> events) {
      this.events = events;
    }

    @Override
    public void init(ProcessorContext<String, String> started) {
      context = started;
      int life = ++lives;
      Commits bound = Commits.bind(started, "hook", CommitPace.DEFAULT, new TransactionWatch());
      bound.before(() -> events.add("before commit " + life));
      bound.repeat(Duration.ofSeconds(10), () -> events.add("repeat " + life));
      deadline = bound.deadline(Duration.ofSeconds(5), () -> events.add("deadline " + life));
      commits = bound;
    }

    @Override
    public void process(Record<String, String> record) {
      if (context == null || commits == null || deadline == null) {
        throw new IllegalStateException("a record came before init");
      }
      if (record.value().equals("revive")) {
        commits.close();
        init(context);
      } else {
        deadline.set();
        commits.gathered(0);
      }
    }
  }

  /** Puts something into the store that a record names. */
  private final class Putting implements Processor<String, String, String, String> {
    private static final byte[] KEY = {1};

    private final List<String> events;
    private @Nullable ProcessorContext<String, String> context;
    private @Nullable Commits commits;
    private Map<String, KeyValueStore<byte[], byte[]>> stores = Map.of();

    Putting(List<String> events) {
      this.events = events;
    }

    @Override
    public void init(ProcessorContext<String, String> started) {
      context = started;
      Commits bound = Commits.bind(started, "hook", CommitPace.DEFAULT, watch);
      stores = Map.of("kept", bound.store("kept"), "cached", bound.store("cached"));
      if (bound.isStale()) {
        events.add("stale");
      }
      bound.repeat(
          Duration.ofMinutes(1),
          () -> {
            events.add("repeated");
            stores.get("kept").put(KEY, KEY);
          });
      commits = bound;
    }

    @Override
    public void process(Record<String, String> record) {
      if (context == null || commits == null) {
        throw new IllegalStateException("a record came before init");
      }
      if (record.value().equals("revive")) {
        commits.close();
        init(context);
        return;
      }
      stores.forEach(
          (name, store) -> {
            if (record.value().equals("put " + name)) {
              store.put(KEY, KEY);
            }
          });
      commits.gathered(0);
    }
  }

  /** Has its transaction aborted by another task of its thread. */
  private record Gathering(TransactionWatch transactions, List<Commits> commits)
      implements Processor<String, String, String, String> {
    Gathering(TransactionWatch transactions) {
      this(transactions, new ArrayList<>());
    }

    @Override
    public void init(ProcessorContext<String, String> started) {
      commits.add(Commits.bind(started, "hook", CommitPace.DEFAULT, transactions));
    }

    @Override
    public void process(Record<String, String> record) {
      commits.getLast().gathered(0);
      if (record.value().endsWith("abort")) {
        transactions.abort();
      }
    }
  }
}
