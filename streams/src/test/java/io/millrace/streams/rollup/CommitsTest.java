package io.millrace.streams.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
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
      Commits bound =
          Commits.bind(
              started, "hook", CommitPace.DEFAULT, () -> events.add("before commit " + life));
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
}
