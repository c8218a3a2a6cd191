package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.model.Outcome;
import io.millrace.model.TopicLayout;
import io.millrace.server.broker.LocalKafka;
import io.millrace.server.broker.LocalKafkaConfig;
import io.millrace.streams.ClickStreams;
import io.millrace.testing.harness.ChildJvm;
import io.millrace.testing.harness.Engine;
import io.millrace.testing.harness.EngineTraffic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processors share the work, and each keeps a copy of the other's state: one is killed under
 * load, the other goes on from its copies, and every cell is right.
 */
@Timeout(600)
class StandbyIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final long seed = Long.getLong("millrace.seed", System.nanoTime());

  @Test
  void theOtherProcessorTakesOverWithItsCopyOfTheState(@TempDir Path folder) throws Exception {
    System.out.println("StandbyIT: seed " + seed);
    Path survivors = folder.resolve("one");
    Path victims = folder.resolve("other");
    try (LocalKafka kafka = LocalKafka.start(LocalKafkaConfig.oneBroker(folder.resolve("kafka")))) {
      Engine.makeTopics(kafka.bootstrapServers());
      var traffic = new EngineTraffic(kafka.bootstrapServers(), new Random(seed));

      // Given
      CompletableFuture<Map<Outcome, Long>> sending =
          CompletableFuture.supplyAsync(traffic::sendUntilStopped);
      try (ClickStreams survivor = Engine.start(kafka.bootstrapServers(), survivors, 1);
          ChildJvm victim = Engine.startChild(kafka.bootstrapServers(), victims, 1)) {
        Engine.awaitRunning(victim);
        assertThat(victim.isAlive()).as(victim.errors()).isTrue();
        await("work and copies of all work on both")
            .atMost(PATIENCE)
            .until(
                () ->
                    hasStateOfAllTasks(survivors)
                        && hasStateOfAllTasks(victims)
                        && survivor.isRunning());

        // When
        assertThat(victim.killAlone()).isTrue();
        long killed = System.nanoTime();
        Map<Outcome, Long> sent = finish(traffic, sending);
        long events = sent.values().stream().mapToLong(Long::longValue).sum();
        Engine.awaitAccounted(survivor, kafka.bootstrapServers(), events);
        System.out.printf(
            "StandbyIT: %d events accounted for %.1f s after the kill%n",
            events, (System.nanoTime() - killed) / 1e9);

        // Then
        Engine.requireEveryCell(survivor, kafka.bootstrapServers(), sent);
      }
    }
  }

  /** Events go on while the group does not know yet that one is gone. */
  private static Map<Outcome, Long> finish(
      EngineTraffic traffic, CompletableFuture<Map<Outcome, Long>> sending) throws Exception {
    // Not a wait for something to have happened: events are to come meanwhile.
    Thread.sleep(Duration.ofSeconds(3));
    traffic.stop();
    return sending.get(1, TimeUnit.MINUTES);
  }

  /** Whether a folder has the stores of every task of both stages: as active one or as a copy. */
  private static boolean hasStateOfAllTasks(Path stateFolder) {
    int tasks = TopicLayout.LOCAL.clickPartitions() + TopicLayout.LOCAL.rollupPartitions();
    Path application = stateFolder.resolve("millrace-processor");
    if (!Files.isDirectory(application)) {
      return false;
    }
    try (Stream<Path> folders = Files.list(application)) {
      List<Path> withStores =
          folders.filter(task -> Files.isDirectory(task.resolve("rocksdb"))).toList();
      return withStores.size() == tasks;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
