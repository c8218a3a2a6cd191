package io.millrace.streams.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@link CommitHook} relies on in Kafka Streams, checked against the real task code: that it
 * is called before a commit, and that what it forwards then is sent. When an upgrade of Kafka
 * breaks this, nothing else would fail so plainly.
 */
class CommitHookContractTest {
  @TempDir private Path folder;

  @Test
  void whatIsGatheredLeavesAtTheCommitAndNotBefore() {
    var events = new ArrayList<String>();
    try (var driver = new TopologyTestDriver(topology(events), properties())) {
      var input = driver.createInputTopic("in", new StringSerializer(), new StringSerializer());
      var output =
          driver.createOutputTopic("out", new StringDeserializer(), new StringDeserializer());

      // When: the test driver commits after each record.
      input.pipeInput("k", "a");

      // Then
      assertThat(events).containsExactly("gathered a", "sent 1");
      assertThat(output.readValuesToList()).containsExactly("a");
      input.pipeInput("k", "b");
      assertThat(output.readValuesToList()).containsExactly("b");
      assertThat(events).containsExactly("gathered a", "sent 1", "gathered b", "sent 1");
    }
  }

  @Test
  void aCommitWithNothingGatheredSendsNothing() {
    var events = new ArrayList<String>();
    try (var driver = new TopologyTestDriver(topology(events), properties())) {
      driver.advanceWallClockTime(java.time.Duration.ofSeconds(5));

      assertThat(events).isEmpty();
    }
  }

  private Properties properties() {
    var properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "commit-hook-contract");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
    properties.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
    properties.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
    return properties;
  }

  private static Topology topology(List<String> events) {
    return new Topology()
        .addSource("source", "in")
        .addProcessor("gather", () -> new Gatherer(events), "source")
        .addStateStore(new CommitHookBuilder("hook"), "gather")
        .addSink("sink", "out", "gather");
  }

  /** Gathers values in memory and forwards them when its store says that a commit is near. */
  private static final class Gatherer implements Processor<String, String, String, String> {
    private final List<String> events;
    private final List<String> gathered = new ArrayList<>();
    private @Nullable CommitHook store;

    Gatherer(List<String> events) {
      this.events = events;
    }

    @Override
    public void init(ProcessorContext<String, String> context) {
      store = context.getStateStore("hook");
      store.bind(
          context,
          () -> {},
          () -> {
            events.add("sent " + gathered.size());
            gathered.forEach(value -> context.forward(new Record<>("k", value, 1L)));
            gathered.clear();
          });
      context.schedule(java.time.Duration.ofSeconds(1), PunctuationType.WALL_CLOCK_TIME, now -> {});
    }

    @Override
    public void process(Record<String, String> record) {
      events.add("gathered " + record.value());
      gathered.add(record.value());
      if (store != null) {
        store.gathered();
      }
    }
  }
}
