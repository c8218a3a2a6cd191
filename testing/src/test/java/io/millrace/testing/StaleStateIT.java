package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.Outcome;
import io.millrace.server.broker.LocalKafka;
import io.millrace.server.broker.LocalKafkaConfig;
import io.millrace.streams.ClickStreams;
import io.millrace.testing.harness.Engine;
import io.millrace.testing.harness.EngineTraffic;
import io.millrace.testing.harness.PastEnds;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A broker that is cut off from the others, and has been replaced as the leader of a changelog,
 * tells whoever still reaches it where that ended then. A processor that takes over work and reads
 * its state only up to there would go on without what was done since.
 */
@Timeout(300)
class StaleStateIT {
  private static final int BATCHES = 40;

  /** So that state which was read again is of the past once more. */
  private static final int ANSWERS = 2;

  private final long seed = Long.getLong("millrace.seed", System.nanoTime());

  @Test
  void stateThatIsNotOfTheLastCommitIsReadAgain(@TempDir Path folder) throws Exception {
    System.out.println("StaleStateIT: seed " + seed);
    try (LocalKafka kafka = LocalKafka.start(LocalKafkaConfig.oneBroker(folder.resolve("kafka")))) {
      // Given
      String servers = kafka.bootstrapServers();
      Engine.makeTopics(servers);
      var traffic = new EngineTraffic(servers, new Random(seed));
      Map<Outcome, Long> sent;
      try (ClickStreams first = Engine.start(servers, folder.resolve("first"), 0)) {
        sent = traffic.send(BATCHES);
        Engine.awaitAccounted(first, servers, total(sent));
        PastEnds.remember(servers, ANSWERS);
        sent = traffic.send(BATCHES);
        Engine.awaitAccounted(first, servers, total(sent));
      }

      // When
      Map<String, String> connection =
          Map.of("bootstrap.servers", servers, "default.client.supplier", PastEnds.class.getName());
      try (ClickStreams second = Engine.start(connection, folder.resolve("second"))) {
        sent = traffic.send(BATCHES);

        // Then
        Engine.awaitAccounted(second, servers, total(sent));
        Engine.requireEveryCell(second, servers, sent);
        assertThat(PastEnds.told().keySet())
            .as("changelogs of which an end of the past was told")
            .extracting(TopicPartition::topic)
            .contains(
                "millrace-processor-cells-changelog", "millrace-processor-visitors-changelog");
        assertThat(PastEnds.told()).as("often enough").containsValue(ANSWERS);
      }
    }
  }

  private static long total(Map<Outcome, Long> sent) {
    return sent.values().stream().mapToLong(Long::longValue).sum();
  }
}
