package io.millrace.server.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class ThreeBrokersIT {

  private static final String TOPIC = "texts";

  @TempDir private Path folder;

  @Test
  void writeOnWithoutOneOfThemAndKeepAllThroughARestartOnOtherPorts() throws Exception {
    LocalKafkaConfig config = LocalKafkaConfig.threeBrokers(folder);
    String firstServers;

    try (LocalKafka kafka = TestKafka.start(config)) {
      // Given
      firstServers = kafka.bootstrapServers();
      var clients = new TestClients(firstServers);
      clients.createTopic(TOPIC, 3);
      assertThat(clients.racksOf(TOPIC)).containsExactlyInAnyOrder("rack-a", "rack-b", "rack-c");
      clients.write(TOPIC, "one");

      // When
      LocalBroker broker = kafka.brokers().getFirst();
      broker.kill();

      // Then
      clients.write(TOPIC, "two");
      assertThat(clients.readAll(TOPIC)).containsExactly("one", "two");
      assertThat(kafka.processIds()).hasSize(2);

      broker.start();
      kafka.awaitReady(Duration.ofSeconds(60));
      clients.write(TOPIC, "three");
    }

    try (LocalKafka kafka = TestKafka.start(config)) {
      assertThat(kafka.bootstrapServers()).isNotEqualTo(firstServers);
      assertThat(new TestClients(kafka.bootstrapServers()).readAll(TOPIC))
          .containsExactly("one", "two", "three");
    }
  }
}
