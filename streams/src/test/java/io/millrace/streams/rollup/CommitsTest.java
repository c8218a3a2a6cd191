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
    try (var driver = new TopologyTestDriver(withStores(events), properties())) {
      var input = driver.createInputTopic("in", new StringSerializer(), new StringSerializer());
      input.pipeInput("k", "put kept");
      input.pipeInput("k", "put kept");
      input.pipeInput("k", "put cached");
      setNumber(driver, "kept", 1);

      // When
      input.pipeInput("k", "revive");

      // Then
      assertThat(events).containsExactly("stale");
      assertThatThrownBy(() -> driver.advanceWallClockTime(Duration.ofMillis(10)))
          .isInstanceOf(TaskMigratedException.class)
          .hasMessageContaining("0_0");
      assertThatThrownBy(() -> input.pipeInput("k", "put kept"))
          .isInstanceOf(TaskMigratedException.class);
    }
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

  @Test
  void whatWasGatheredBeforeItsTransactionWasAbortedIsNotCommittedWithTheNext() {
    var aborted = new AbortedTransactions();
    var topology =
        new Topology()
            .addSource("source", "in")
            .addProcessor("process", () -> new Gathering(aborted), "source")
            .addStateStore(new CommitHookBuilder("hook"), "process");
    var driver = new TopologyTestDriver(topology, properties());
    var input = driver.createInputTopic("in", new StringSerializer(), new StringSerializer());
    aborted.add();
    input.pipeInput("k", "gather");
    aborted.add();
    input.pipeInput("k", "gather");

    // Then: neither now nor with a last commit.
    assertThatThrownBy(() -> input.pipeInput("k", "gather, abort"))
        .isInstanceOf(TaskMigratedException.class)
        .hasMessageContaining("aborted");
    assertThatThrownBy(driver::close).isInstanceOf(TaskMigratedException.class);
  }

  private static Topology withStores(List<String> events) {
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
      Commits bound = Commits.bind(started, "hook", CommitPace.DEFAULT, new AbortedTransactions());
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
  private static final class Putting implements Processor<String, String, String, String> {
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
      Commits bound = Commits.bind(started, "hook", CommitPace.DEFAULT, new AbortedTransactions());
      stores = Map.of("kept", bound.store("kept"), "cached", bound.store("cached"));
      if (bound.isStale()) {
        events.add("stale");
      }
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
  private record Gathering(AbortedTransactions aborted, List<Commits> commits)
      implements Processor<String, String, String, String> {
    Gathering(AbortedTransactions aborted) {
      this(aborted, new ArrayList<>());
    }

    @Override
    public void init(ProcessorContext<String, String> started) {
      commits.add(Commits.bind(started, "hook", CommitPace.DEFAULT, aborted));
    }

    @Override
    public void process(Record<String, String> record) {
      commits.getLast().gathered(0);
      if (record.value().endsWith("abort")) {
        aborted.add();
      }
    }
  }
}
