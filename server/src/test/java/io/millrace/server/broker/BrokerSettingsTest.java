package io.millrace.server.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import org.junit.jupiter.api.Test;

class BrokerSettingsTest {

  private static final Path DATA = Path.of("/data");
  private static final List<BrokerAddress> THREE =
      List.of(
          new BrokerAddress(1, "127.0.0.1", 101, 201, 301),
          new BrokerAddress(2, "127.0.0.1", 102, 202, 302),
          new BrokerAddress(3, "127.0.0.1", 103, 203, 303));

  @Test
  void oneBrokerKeepsOneCopyOfEverything() {
    Map<String, String> settings =
        settings(LocalKafkaConfig.oneBroker(DATA), THREE.subList(0, 1), 1);

    assertThat(settings)
        .containsEntry("controller.quorum.voters", "1@127.0.0.1:201")
        .containsEntry("default.replication.factor", "1")
        .containsEntry("min.insync.replicas", "1")
        .containsEntry("offsets.topic.replication.factor", "1")
        .containsEntry("transaction.state.log.min.isr", "1")
        .containsEntry("share.coordinator.state.topic.min.isr", "1");
  }

  @Test
  void threeBrokersKeepThreeCopiesInThreeRacks() {
    Map<String, String> settings = settings(LocalKafkaConfig.threeBrokers(DATA), THREE, 2);

    assertThat(settings)
        .containsEntry("node.id", "2")
        .containsEntry("broker.rack", "rack-b")
        .containsEntry(
            "controller.quorum.voters", "1@127.0.0.1:201,2@127.0.0.1:202,3@127.0.0.1:203")
        .containsEntry("default.replication.factor", "3")
        .containsEntry("min.insync.replicas", "2")
        .containsEntry("offsets.topic.replication.factor", "3")
        .containsEntry("replica.fetch.backoff.ms", "50")
        .containsEntry("transaction.state.log.min.isr", "2");
  }

  @Test
  void listensOnThisMachineOnly() {
    Map<String, String> settings = settings(LocalKafkaConfig.threeBrokers(DATA), THREE, 3);

    assertThat(settings)
        .containsEntry("listeners", "CLIENT://127.0.0.1:103,CONTROLLER://127.0.0.1:203")
        .containsEntry("advertised.listeners", "CLIENT://127.0.0.1:103");
  }

  @Test
  void forcesEveryWriteToDiskOnlyWhenDurable() {
    LocalKafkaConfig config = LocalKafkaConfig.oneBroker(DATA);
    String key = "log.flush.interval.messages";

    assertThat(settings(config, THREE.subList(0, 1), 1)).doesNotContainKey(key);
    assertThat(settings(config.withDurable(true), THREE.subList(0, 1), 1)).containsEntry(key, "1");
  }

  @Test
  void kafkaKnowsEverySetting() {
    Map<String, String> settings =
        settings(LocalKafkaConfig.threeBrokers(DATA).withDurable(true), THREE, 1);

    assertThat(KafkaConfig.configDef().names()).containsAll(settings.keySet());
  }

  private static Map<String, String> settings(
      LocalKafkaConfig config, List<BrokerAddress> addresses, int id) {
    return BrokerSettings.of(
        config, addresses, addresses.get(id - 1), DATA.resolve("broker-" + id));
  }
}
