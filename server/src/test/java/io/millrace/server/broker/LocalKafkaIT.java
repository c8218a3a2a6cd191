package io.millrace.server.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.server.DataFolder;
import io.millrace.server.ServerError;
import io.millrace.server.ServerException;
import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LocalKafkaIT {

  private static final String TOPIC = "texts";

  @TempDir private Path folder;

  @Test
  void keepsItsDataThroughARestartOnOtherPorts() throws Exception {
    LocalKafkaConfig config = LocalKafkaConfig.oneBroker(folder);
    String firstServers;

    // Given
    try (LocalKafka kafka = TestKafka.start(config)) {
      firstServers = kafka.bootstrapServers();
      var clients = new TestClients(firstServers);
      clients.createTopic(TOPIC, 1);
      clients.write(TOPIC, "one", "two");
      assertThat(clients.readAll(TOPIC)).containsExactly("one", "two");
    }

    // When
    try (LocalKafka kafka = TestKafka.start(config)) {
      // Then
      assertThat(kafka.bootstrapServers()).isNotEqualTo(firstServers);
      var clients = new TestClients(kafka.bootstrapServers());
      clients.write(TOPIC, "three");
      assertThat(clients.readAll(TOPIC)).containsExactly("one", "two", "three");
    }
  }

  @Test
  void comesBackWithItsDataAndTellsOnlyOfAnEndNobodyAskedFor() throws Exception {
    try (LocalKafka kafka = TestKafka.start(LocalKafkaConfig.oneBroker(folder))) {
      // Given
      var clients = new TestClients(kafka.bootstrapServers());
      clients.createTopic(TOPIC, 1);
      clients.write(TOPIC, "one");
      LocalBroker broker = kafka.brokers().getFirst();

      // When
      broker.kill();
      assertThat(kafka.processIds()).isEmpty();
      broker.start();
      kafka.awaitReady(Duration.ofSeconds(60));

      // Then
      assertThat(clients.readAll(TOPIC)).containsExactly("one");
      assertThat(kafka.firstDeath()).isNotDone();

      // When
      long pid = kafka.processIds().getFirst();
      ProcessHandle.of(pid).orElseThrow().destroyForcibly();

      // Then
      BrokerDeath death = kafka.firstDeath().get(20, TimeUnit.SECONDS);
      assertThat(death.pid()).isEqualTo(pid);
      assertThat(death.exitCode()).isEqualTo(137);
      assertThat(death.lastLines()).anyMatch(line -> line.contains("Kafka Server started"));
      assertThatThrownBy(() -> kafka.awaitReady(Duration.ofSeconds(5)))
          .hasMessageContaining("process " + pid)
          .hasMessageContaining("broker-1.log");
    }
  }

  @Test
  void anInterruptedCloseStopsTheBrokersInOrderAllTheSame() {
    // Given
    LocalKafka kafka = TestKafka.start(LocalKafkaConfig.oneBroker(folder));
    assertThat(FormerRegistration.isLeftIn(folder.resolve("broker-1"))).isTrue();

    // When
    Thread.currentThread().interrupt();
    kafka.close();

    // Then
    assertThat(Thread.interrupted()).isTrue();
    assertThat(kafka.processIds()).isEmpty();
    assertThat(FormerRegistration.isLeftIn(folder.resolve("broker-1"))).isFalse();
  }

  @Test
  void aBrokerThatWasKilledDoesNotStartWhereItsControllerCannot() throws Exception {
    try (LocalKafka kafka = TestKafka.start(LocalKafkaConfig.oneBroker(folder))) {
      // Given
      LocalBroker broker = kafka.brokers().getFirst();
      broker.kill();
      assertThat(FormerRegistration.isLeftIn(folder.resolve("broker-1"))).isTrue();

      // When
      try (var _ = new ServerSocket(controllerPort(), 1, InetAddress.ofLiteral("127.0.0.1"))) {
        broker.start();

        // Then
        assertThatThrownBy(() -> kafka.awaitReady(Duration.ofSeconds(60)))
            .isInstanceOf(ServerException.class)
            .hasMessageContaining("ended by itself with exit code");
        assertThat(broker.isRunning()).isFalse();
      }
    }
  }

  private int controllerPort() throws IOException {
    var settings = new Properties();
    try (Reader reader = Files.newBufferedReader(folder.resolve("broker-1.properties"))) {
      settings.load(reader);
    }
    String listeners = settings.getProperty("listeners");
    return Integer.parseInt(listeners.replaceAll(".*CONTROLLER://[^:]*:(\\d+).*", "$1"));
  }

  @Test
  void refusesAFolderInUse() {
    try (DataFolder held = DataFolder.open(folder)) {
      assertThatThrownBy(() -> LocalKafka.start(LocalKafkaConfig.oneBroker(held.path())))
          .hasMessageContaining("in use by process " + ProcessHandle.current().pid());
    }
  }

  @Test
  void saysThatAGivenPortIsTaken() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      LocalKafkaConfig config =
          LocalKafkaConfig.oneBroker(folder).withClientPorts(List.of(taken.getLocalPort()));

      assertThatThrownBy(() -> LocalKafka.start(config))
          .extracting(problem -> ((ServerException) problem).error())
          .isEqualTo(ServerError.PORT_TAKEN);
    }
  }

  @Test
  void failsEarlyWithTheEndOfTheLogWhenABrokerCannotStart() throws IOException {
    LocalKafkaConfig config = LocalKafkaConfig.oneBroker(folder);
    Files.createDirectories(folder.resolve("broker-1"));
    Files.writeString(
        folder.resolve("broker-1/meta.properties"), "version=1\nnode.id=7\ncluster.id=other\n");

    assertThatThrownBy(() -> LocalKafka.start(config))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("ended by itself with exit code")
        .hasMessageContaining("Stored node id 7");
  }
}
