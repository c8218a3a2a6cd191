package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.Outcome;
import io.millrace.server.broker.LocalKafka;
import io.millrace.server.broker.LocalKafkaConfig;
import io.millrace.streams.ClickStreams;
import io.millrace.testing.harness.ChildJvm;
import io.millrace.testing.harness.Engine;
import io.millrace.testing.harness.EngineTraffic;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The processing alone is killed again and again while events keep coming, half of them of one
 * visitor and page: then the books balance, and every cell of every view is what an oracle says
 * that reads the log. {@code -Dmillrace.kills=20} kills it oftener.
 */
@Timeout(1800)
class EngineKillIT {
  private static final int KILLS = Integer.getInteger("millrace.kills", 5);

  private final long seed = Long.getLong("millrace.seed", System.nanoTime());

  @Test
  void everyCellIsRightThoughItIsKilledAgainAndAgain(@TempDir Path folder) throws Exception {
    System.out.println("EngineKillIT: seed " + seed);
    var random = new Random(seed);
    Path state = folder.resolve("state");
    try (LocalKafka kafka = LocalKafka.start(LocalKafkaConfig.oneBroker(folder.resolve("kafka")))) {
      Engine.makeTopics(kafka.bootstrapServers());
      var traffic = new EngineTraffic(kafka.bootstrapServers(), new Random(random.nextLong()));

      // Given
      CompletableFuture<Map<Outcome, Long>> sending =
          CompletableFuture.supplyAsync(traffic::sendUntilStopped);

      // When
      for (int kill = 0; kill < KILLS; kill++) {
        try (ChildJvm engine = Engine.startChild(kafka.bootstrapServers(), state, 0)) {
          if (kill % 3 != 2) {
            Engine.awaitRunning(engine);
          }
          // Not a wait for something to have happened: any moment will do.
          Thread.sleep(random.nextInt(3_000));
          assertThat(engine.killAlone()).as("killed").isTrue();
        }
      }
      traffic.stop();
      Map<Outcome, Long> sent = sending.get(1, TimeUnit.MINUTES);

      // Then
      try (ClickStreams engine = Engine.start(kafka.bootstrapServers(), state, 0)) {
        Engine.awaitRunning(engine);
        long events = sent.values().stream().mapToLong(Long::longValue).sum();
        Engine.awaitAccounted(engine, kafka.bootstrapServers(), events);
        Engine.requireEveryCell(engine, kafka.bootstrapServers(), sent);
      }
    }
  }
}
