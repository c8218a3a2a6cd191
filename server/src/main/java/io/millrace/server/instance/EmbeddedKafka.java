package io.millrace.server.instance;

import io.millrace.server.broker.LocalKafka;
import io.millrace.server.broker.LocalKafkaConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One broker of a Kafka of its own, in the data folder. Safe for any number of threads. */
final class EmbeddedKafka implements KafkaAccess {
  private volatile @Nullable LocalKafka kafka;

  @Override
  public Map<String, String> open(
      Path folder, Parts parts, Consumer<String> announce, Consumer<String> failure) {
    announce.accept("Starting Kafka");
    LocalKafka started =
        parts.add(
            LocalKafka.start(
                LocalKafkaConfig.oneBroker(folder.resolve("kafka"))
                    .withLogFolder(folder.resolve("logs"))));
    kafka = started;
    parts.add(KafkaAddress.note(folder, started.bootstrapServers()));
    var _ = started.firstDeath().thenAccept(death -> failure.accept(death.message()));
    return Map.of("bootstrap.servers", started.bootstrapServers());
  }

  @Override
  public boolean isShared() {
    return false;
  }

  String bootstrapServers() {
    return Optional.ofNullable(kafka).map(LocalKafka::bootstrapServers).orElse("");
  }

  List<Long> processIds() {
    return Optional.ofNullable(kafka).map(LocalKafka::processIds).orElse(List.of());
  }
}
