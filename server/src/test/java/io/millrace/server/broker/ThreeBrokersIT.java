package io.millrace.server.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.ops.doctor.Finding;
import io.millrace.ops.doctor.ListenerCheck;
import io.millrace.server.credentials.ClientLogin;
import io.millrace.server.credentials.KafkaUser;
import io.millrace.server.credentials.SecureInit;
import io.millrace.server.credentials.SecurityFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three brokers, all of whose connections are secured; the faults of unsecured ones are drilled.
 */
@Timeout(900)
class ThreeBrokersIT {

  private static final String TOPIC = "texts";
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @TempDir private Path folder;

  @Test
  void writeOnWithoutOneOfThemAndComeBackWithAllWhetherKilledOrRestartedOnOtherPorts()
      throws Exception {
    var security = new SecurityFolder(folder.resolve(SecurityFolder.NAME));
    var _ =
        new SecureInit(security, List.of(), "127.0.0.1:1", Set.of(), InstantSource.system()).run();
    LocalKafkaConfig config =
        LocalKafkaConfig.threeBrokers(folder)
            .withStartTimeout(PATIENCE)
            .withSecurity(new BrokerSecurity(security, ClientLogin.SCRAM));
    Path elsewhere = folder.resolve("elsewhere");
    Hosting hosting =
        new Hosting(
            List.of(BrokerPlace.HERE.withDataFolder(elsewhere), BrokerPlace.HERE, BrokerPlace.HERE),
            RestartPolicy.USUAL);
    String firstServers;

    try (LocalKafka kafka = TestKafka.start(config, hosting)) {
      // Given
      firstServers = kafka.bootstrapServers();
      TestClients clients = clients(security, kafka);
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
      kafka.awaitReady(PATIENCE);
      assertThat(Files.readString(broker.logFile()))
          .contains("Took back the registration of a killed broker");
      clients.write(TOPIC, "three");
      assertThat(listeners(clients)).hasSize(3 * 3).allSatisfy(ThreeBrokersIT::speaksTls);
    }

    assertThat(elsewhere.resolve("meta.properties")).exists();
    assertThat(folder.resolve("broker-1")).doesNotExist();
    try (LocalKafka kafka = TestKafka.start(config, hosting)) {
      assertThat(kafka.bootstrapServers()).isNotEqualTo(firstServers);
      assertThat(clients(security, kafka).readAll(TOPIC)).containsExactly("one", "two", "three");

      // When
      LocalBroker broker = kafka.brokers().getLast();
      ProcessHandle.of(broker.processId().orElseThrow()).orElseThrow().destroyForcibly();

      // Then
      await("started again").atMost(PATIENCE).until(() -> broker.restarts() == 1);
      kafka.awaitReady(PATIENCE);
      assertThat(kafka.firstDeath()).isNotDone();

      // When
      broker.kill();

      // Then
      assertThat(broker.restarts()).isEqualTo(1);
      assertThatThrownBy(() -> kafka.awaitReady(PATIENCE)).hasMessageContaining("is stopped");
    }
  }

  private static TestClients clients(SecurityFolder security, LocalKafka kafka) {
    return new TestClients(
        security.connection(KafkaUser.OWNER, ClientLogin.SCRAM, kafka.bootstrapServers()));
  }

  /** Those of clients, brokers and controllers, of each broker. */
  private static List<String> listeners(TestClients clients)
      throws ExecutionException, InterruptedException {
    List<String> listeners = new ArrayList<>();
    for (int broker = 1; broker <= 3; broker++) {
      for (String listener : clients.settingOf(broker, "listeners").split(",", -1)) {
        listeners.add(listener.substring(listener.indexOf("://") + 3));
      }
    }
    return listeners;
  }

  private static void speaksTls(String listener) {
    assertThat(ListenerCheck.of(Map.of("bootstrap.servers", listener)))
        .singleElement()
        .extracting(Finding::what)
        .asString()
        .startsWith(listener + " speaks TLS");
  }
}
