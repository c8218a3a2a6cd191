package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.model.Outcome;
import io.millrace.server.broker.LocalKafka;
import io.millrace.server.broker.LocalKafkaConfig;
import io.millrace.streams.ClickStreams;
import io.millrace.streams.GroupSettings;
import io.millrace.testing.harness.Engine;
import io.millrace.testing.harness.EngineTraffic;
import io.millrace.testing.harness.GroupMember;
import io.millrace.testing.harness.StallWatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processors share the work, each with a copy of the other's state, while events keep coming,
 * half of them of one visitor and page. They are killed, alone and together, while they work and
 * while they read their state; paused for longer than the group waits and let go on; stopped in
 * order and started again; and robbed of their state. Then the books balance, and every cell of
 * every view is what an oracle says that reads the log. {@code -Dmillrace.kills=20} kills oftener.
 */
@Timeout(1800)
class ProcessorGroupIT {
  private static final int KILLS = Integer.getInteger("millrace.kills", 3);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** SIGTERM, as the exit code says it. */
  private static final int STOPPED = 128 + 15;

  private final long seed = Long.getLong("millrace.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void everyCellIsRightWhateverHappensToTheProcessors(@TempDir Path folder) throws Exception {
    System.out.println("ProcessorGroupIT: seed " + seed);
    try (LocalKafka kafka = LocalKafka.start(LocalKafkaConfig.oneBroker(folder.resolve("kafka")))) {
      String servers = kafka.bootstrapServers();
      Engine.makeTopics(servers);
      var traffic = new EngineTraffic(servers, new Random(random.nextLong()));
      CompletableFuture<Map<Outcome, Long>> sending =
          CompletableFuture.supplyAsync(traffic::sendUntilStopped);
      var one = new GroupMember(servers, folder.resolve("one"), GroupSettings.SHARED);
      var other = new GroupMember(servers, folder.resolve("other"), GroupSettings.SHARED);
      try (one;
          other;
          var watch = new StallWatch(servers, "enriched-clicks", "url-click-counts")) {
        one.start();
        other.start();
        await("work and copies of all work on both")
            .atMost(PATIENCE)
            .until(() -> one.hasStateOfAllTasks() && other.hasStateOfAllTasks());
        awaitWork(watch, one, other);

        killOne(watch, one, other);
        pauseOne(watch, one, other);
        restartInOrder(watch, one, other);
        for (int kill = 0; kill < KILLS; kill++) {
          killBoth(kill, one, other);
        }
        robOneOfItsState(one);
        corruptTheStateOf(other);
        awaitWork(watch, one, other);
        assertThat(other.words()).as("what it says of its state").contains("cannot be opened");

        traffic.stop();
        Map<Outcome, Long> sent = sending.get(1, TimeUnit.MINUTES);
        assertThat(one.stop(PATIENCE)).as(one.words()).isEqualTo(STOPPED);
        assertThat(other.stop(PATIENCE)).as(other.words()).isEqualTo(STOPPED);
        requireEveryCell(servers, one.stateFolder(), sent);
      } finally {
        traffic.stop();
      }
    }
  }

  /** The other goes on with its copies, and gives back some of the work. */
  private static void killOne(StallWatch watch, GroupMember one, GroupMember other) {
    one.kill();
    watch.begin();
    awaitFlow("the other goes on", watch);
    one.start();
    awaitWork(watch, one, other);
    tell("killed", watch);
  }

  /** It does not know that the group has gone on without it, and must not finish what it began. */
  private static void pauseOne(StallWatch watch, GroupMember one, GroupMember other) {
    other.pause();
    watch.begin();
    awaitFlow("the other goes on", watch);
    other.resume();
    awaitWork(watch, one, other);
    assertThat(other.isAlive()).as("comes back by itself").isTrue();
    tell("paused", watch);
  }

  private static void restartInOrder(StallWatch watch, GroupMember one, GroupMember other) {
    watch.begin();
    assertThat(one.stop(PATIENCE)).as(one.words()).isEqualTo(STOPPED);
    one.start();
    awaitWork(watch, one, other);
    tell("restarted", watch);
  }

  /** Nobody has a copy then; and the next may come while they still read their state. */
  private void killBoth(int kill, GroupMember one, GroupMember other) throws InterruptedException {
    if (kill % 3 == 0) {
      await("they work").atMost(PATIENCE).until(() -> one.works() && other.works());
    }
    // Not a wait for something to have happened: any moment will do.
    Thread.sleep(random.nextInt(3_000));
    one.kill();
    other.kill();
    one.start();
    other.start();
  }

  private static void robOneOfItsState(GroupMember member) {
    member.stop(PATIENCE);
    delete(member.stateFolder());
    member.start();
  }

  private static void corruptTheStateOf(GroupMember member) {
    member.stop(PATIENCE);
    assertThat(member.corruptState()).isPositive();
    member.start();
  }

  /** Both work, and something comes out of every partition. */
  private static void awaitWork(StallWatch watch, GroupMember one, GroupMember other) {
    await("both work")
        .atMost(PATIENCE)
        .until(
            () ->
                (one.works() && other.works() && hasAll(one, other))
                    || !one.isAlive()
                    || !other.isAlive());
    assertThat(one.isAlive()).as(one.words()).isTrue();
    assertThat(other.isAlive()).as(other.words()).isTrue();
    awaitFlow("all partitions are worked on", watch);
  }

  private static boolean hasAll(GroupMember one, GroupMember other) {
    return one.tasks().orElseThrow().active() + other.tasks().orElseThrow().active()
        == GroupMember.ALL_TASKS;
  }

  private static void awaitFlow(String what, StallWatch watch) {
    long mark = System.nanoTime();
    await(what).atMost(PATIENCE).until(() -> watch.hasMovedSince(mark));
  }

  private static void tell(String what, StallWatch watch) {
    System.out.printf(
        "ProcessorGroupIT: %s, longest stall of a partition %.1f s%n",
        what, watch.longest().toMillis() / 1e3);
  }

  private static void requireEveryCell(String servers, Path state, Map<Outcome, Long> sent) {
    try (ClickStreams engine = Engine.start(servers, state, GroupSettings.SHARED)) {
      Engine.awaitRunning(engine);
      long events = sent.values().stream().mapToLong(Long::longValue).sum();
      Engine.awaitAccounted(engine, servers, events);
      Engine.requireEveryCell(engine, servers, sent);
      assertThat(engine.tasks().active()).isEqualTo(GroupMember.ALL_TASKS);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
