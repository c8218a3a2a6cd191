package io.millrace.server.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LocalKafkaConfigTest {

  private static final Path DATA = Path.of("/data");

  @Test
  void oneBrokerHasTheWholeHeap() {
    LocalKafkaConfig config = LocalKafkaConfig.oneBroker(DATA);

    assertThat(config)
        .isEqualTo(
            new LocalKafkaConfig(
                DATA,
                DATA.resolve("logs"),
                1,
                512,
                List.of(),
                false,
                false,
                Duration.ofSeconds(90),
                Optional.empty()));
  }

  @Test
  void threeBrokersHaveHalfAsMuchEach() {
    assertThat(LocalKafkaConfig.threeBrokers(DATA).heapMegabytes()).isEqualTo(256);
    assertThat(LocalKafkaConfig.threeBrokers(DATA).brokers()).isEqualTo(3);
  }

  @Test
  void changesOneThingAtATime() {
    LocalKafkaConfig config =
        LocalKafkaConfig.oneBroker(DATA)
            .withLogFolder(Path.of("/logs"))
            .withHeapMegabytes(300)
            .withClientPorts(List.of(9092))
            .withDurable(true)
            .withSharedMachine(true);

    assertThat(config)
        .isEqualTo(
            new LocalKafkaConfig(
                DATA,
                Path.of("/logs"),
                1,
                300,
                List.of(9092),
                true,
                true,
                Duration.ofSeconds(90),
                Optional.empty()));
  }

  @Test
  void namesTheKeyAndTheBadValue() {
    LocalKafkaConfig config = LocalKafkaConfig.threeBrokers(DATA);

    assertThatThrownBy(() -> LocalKafkaConfig.of(DATA, 2))
        .hasMessage("brokers is 2; it must be 1 or 3");
    assertThatThrownBy(() -> config.withHeapMegabytes(64))
        .hasMessage("heap-megabytes is 64; it must be at least 128");
    assertThatThrownBy(() -> config.withClientPorts(List.of(1)))
        .hasMessageContaining("one for each broker");
    assertThatThrownBy(() -> config.withClientPorts(List.of(1, 2, 2)))
        .hasMessageContaining("different ports");
    assertThatThrownBy(() -> config.withClientPorts(List.of(1, 2, 70_000)))
        .hasMessageContaining("1 to 65535");
  }
}
