package io.millrace.testing;

import static org.awaitility.Awaitility.await;

import io.millrace.model.Outcome;
import io.millrace.server.broker.LocalKafka;
import io.millrace.server.broker.LocalKafkaConfig;
import io.millrace.streams.GroupProtocol;
import io.millrace.streams.GroupSettings;
import io.millrace.streams.TaskCounts;
import io.millrace.testing.harness.Engine;
import io.millrace.testing.harness.EngineTraffic;
import io.millrace.testing.harness.GroupMember;
import io.millrace.testing.harness.StallWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Measures, and asserts nothing: for how long no partition's events come out when one of two
 * processors is killed, added, or restarted in order, by each protocol of groups. {@code
 * -Dmillrace.trials=3} says how often; see docs/design/0021-processor-group.md.
 */
@Timeout(1800)
@EnabledIfSystemProperty(named = "millrace.trials", matches = "[1-9][0-9]*")
class ProcessorGroupTrials {
  private static final int TRIALS = Integer.getInteger("millrace.trials", 0);
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final String ENRICHED = "enriched-clicks";
  private static final String COUNTS = "url-click-counts";

  private final long seed = Long.getLong("millrace.seed", System.nanoTime());

  @ParameterizedTest
  @ValueSource(strings = {"classic", "static", "streams"})
  void stalls(String kind, @TempDir Path folder) throws Exception {
    if (!kind.matches(System.getProperty("millrace.protocols", ".*"))) {
      return;
    }
    try (LocalKafka kafka = LocalKafka.start(LocalKafkaConfig.oneBroker(folder.resolve("kafka")))) {
      String servers = kafka.bootstrapServers();
      Engine.makeTopics(servers);
      var traffic = new EngineTraffic(servers, new Random(seed));
      CompletableFuture<Map<Outcome, Long>> sending =
          CompletableFuture.supplyAsync(traffic::sendUntilStopped);
      try (var watch = new StallWatch(servers, ENRICHED, COUNTS);
          var one = new GroupMember(servers, folder.resolve("one"), group(kind, "one"));
          var other = new GroupMember(servers, folder.resolve("other"), group(kind, "other"))) {
        one.start();
        other.start();
        awaitShared(watch, one, other);
        for (int trial = 1; trial <= TRIALS; trial++) {
          watch.begin();
          other.kill();
          Thread.sleep(2_000);
          await("go on").atMost(PATIENCE).until(() -> watch.flows(Duration.ofSeconds(1)));
          tell(kind, trial, "kill", watch);

          watch.begin();
          other.start();
          awaitShared(watch, one, other);
          tell(kind, trial, "add", watch);

          for (GroupMember processor : List.of(one, other)) {
            watch.begin();
            processor.stop(PATIENCE);
            processor.start();
            awaitShared(watch, one, other);
            tell(kind, trial, "restart", watch);
          }
        }
      } finally {
        traffic.stop();
        sending.get(1, TimeUnit.MINUTES);
      }
    }
  }

  private static GroupSettings group(String kind, String name) {
    GroupSettings shared = GroupSettings.SHARED;
    return switch (kind) {
      case "static" -> shared.withInstance(name);
      case "streams" -> shared.withProtocol(GroupProtocol.STREAMS);
      default -> shared;
    };
  }

  private static void awaitShared(StallWatch watch, GroupMember one, GroupMember other)
      throws InterruptedException {
    int half = GroupMember.ALL_TASKS / 2;
    Optional<TaskCounts> tasks = Optional.of(new TaskCounts(half, half));
    long begun = System.nanoTime();
    await("the work is shared")
        .atMost(PATIENCE)
        .until(
            () ->
                one.tasks().equals(tasks)
                    && other.tasks().equals(tasks)
                    && watch.flows(Duration.ofSeconds(1)));
    System.out.printf("  shared after %.1f s%n", (System.nanoTime() - begun) / 1e9);
    // Whether something stalls after that too.
    Thread.sleep(3_000);
  }

  private static void tell(String kind, int trial, String event, StallWatch watch)
      throws IOException {
    String load = Files.readString(Path.of("/proc/loadavg"));
    System.out.printf(
        "trial | %s | %d | %s | %.1f | %.1f | load %s%n",
        kind,
        trial,
        event,
        watch.longest(ENRICHED).toMillis() / 1e3,
        watch.longest(COUNTS).toMillis() / 1e3,
        load.substring(0, load.indexOf(' ')));
  }
}
