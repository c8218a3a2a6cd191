package io.millrace.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.Namespace;
import io.millrace.streams.rollup.CommitPace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamsSettingsTest {
  private static StreamsSettings settings(int replicationFactor, GroupSettings group) {
    return new StreamsSettings(
        new Namespace("teamA"),
        Map.of("bootstrap.servers", "127.0.0.1:1"),
        Path.of("state"),
        2,
        CommitPace.DEFAULT,
        replicationFactor,
        group);
  }

  private static Properties properties(GroupSettings group) {
    return settings(1, group).toProperties();
  }

  @Test
  void oneThatIsAloneKeepsNoCopiesAndOneAmongSeveralKeepsOne() {
    assertThat(properties(GroupSettings.ALONE)).containsEntry("num.standby.replicas", 0);
    assertThat(properties(GroupSettings.SHARED))
        .containsEntry("num.standby.replicas", 1)
        .doesNotContainKey("group.protocol")
        .doesNotContainKey("main.consumer.group.instance.id");
  }

  @Test
  void aKilledProcessorAndItsTransactionAreGivenUpWithinSeconds() {
    assertThat(properties(GroupSettings.SHARED))
        .containsEntry("main.consumer.session.timeout.ms", 6_000)
        .containsEntry("main.consumer.heartbeat.interval.ms", 250)
        .containsEntry("producer.transaction.timeout.ms", 5_000)
        .containsEntry("request.timeout.ms", 3_000)
        .containsEntry("consumer.request.timeout.ms", 6_000)
        .containsEntry("restore.consumer.fetch.max.wait.ms", 100);
  }

  @Test
  void whatTheConnectionSaysOfTimeLimitsHolds() {
    var slow =
        new StreamsSettings(
            Namespace.DEFAULT,
            Map.of("request.timeout.ms", "20000", "retry.backoff.max.ms", "1000"),
            Path.of("state"),
            1,
            CommitPace.DEFAULT,
            1);

    assertThat(slow.toProperties())
        .containsEntry("request.timeout.ms", "20000")
        .containsEntry("retry.backoff.max.ms", "1000")
        .doesNotContainKeys("consumer.request.timeout.ms", "producer.retry.backoff.max.ms")
        .containsEntry("producer.reconnect.backoff.max.ms", 200);
  }

  @Test
  void whereTheBrokersGiveOutTheWorkSessionsAreTheirs() {
    assertThat(properties(GroupSettings.SHARED.withProtocol(GroupProtocol.STREAMS)))
        .containsEntry("group.protocol", "streams")
        .doesNotContainKeys(
            "num.standby.replicas",
            "main.consumer.session.timeout.ms",
            "main.consumer.heartbeat.interval.ms");
  }

  @Test
  void aNameInTheGroupIsTheMainConsumersAlone() {
    assertThat(properties(GroupSettings.SHARED.withInstance("one")))
        .containsEntry("main.consumer.group.instance.id", "one");
  }

  @Test
  void copiesAreKeptInAnotherRackAndRecordsReadFromTheSame() {
    assertThat(properties(GroupSettings.SHARED.withRack("a")))
        .containsEntry("client.tag.rack", "a")
        .containsEntry("rack.aware.assignment.tags", "rack")
        .containsEntry("rack.aware.assignment.strategy", "min_traffic")
        .containsEntry("client.rack", "a");
  }

  @Test
  void internalTopicsAreAsSafeAsTheOthers() {
    assertThat(settings(3, GroupSettings.SHARED).toProperties())
        .containsEntry("replication.factor", 3)
        .containsEntry("topic.min.insync.replicas", 2);
    assertThat(properties(GroupSettings.SHARED)).containsEntry("topic.min.insync.replicas", 1);
  }

  @Test
  void kafkaStreamsTakesThemAll() {
    for (GroupSettings group :
        new GroupSettings[] {
          GroupSettings.SHARED.withRack("a").withInstance("one"),
          GroupSettings.SHARED.withProtocol(GroupProtocol.STREAMS).withRack("a")
        }) {
      assertThatCode(() -> new StreamsConfig(properties(group))).doesNotThrowAnyException();
    }
  }

  @Test
  void nonsenseIsRefusedWithItsName() {
    assertThatThrownBy(() -> GroupSettings.ALONE.withStandbyReplicas(10))
        .hasMessageContaining("standby-replicas: expected 0 to 9, got 10");
    assertThatThrownBy(() -> GroupSettings.ALONE.withInstance(" "))
        .hasMessageContaining("instance-id");
    assertThatThrownBy(() -> GroupSettings.ALONE.withRack("a zone with a name that is too long"))
        .hasMessageContaining("rack");
    assertThatThrownBy(
            () -> GroupSettings.ALONE.withProtocol(GroupProtocol.STREAMS).withInstance("one"))
        .hasMessageContaining("group-protocol");
  }

  @Test
  void brokenStateIsDeletedAndNothingBesideIt(@TempDir Path folder) throws Exception {
    // Given
    Path state = folder.resolve("state");
    Files.createDirectories(state.resolve("teamA.millrace-processor/0_0/rocksdb"));
    Path other = Files.createDirectories(state.resolve("other"));
    var settings =
        new StreamsSettings(
            new Namespace("teamA"), Map.of(), state, 1, CommitPace.DEFAULT, 1, GroupSettings.ALONE);

    // When
    settings.deleteState();

    // Then
    assertThat(state.resolve("teamA.millrace-processor")).doesNotExist();
    assertThat(other).exists();
  }
}
