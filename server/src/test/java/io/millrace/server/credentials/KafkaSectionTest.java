package io.millrace.server.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.config.ConfigLoader;
import io.millrace.server.config.KafkaConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaSectionTest {

  @Test
  void isAConfigurationThatConnectsAsTheUser(@TempDir Path temporary) throws Exception {
    var folder = new SecurityFolder(temporary.resolve("o'security"));
    String servers = "127.0.0.1:9092,127.0.0.1:9093";
    var _ = new SecureInit(folder, List.of(), servers, Set.of(), InstantSource.system()).run();

    for (ClientLogin login : ClientLogin.values()) {
      Path section = folder.yaml(KafkaUser.QUERY, login);
      KafkaConnection connection =
          ConfigLoader.load(Optional.of(section), Map.of(), List.of()).orThrow().config().kafka();

      assertThat(connection.toMap()).isEqualTo(folder.connection(KafkaUser.QUERY, login, servers));
      assertThat(Files.readString(section)).doesNotContain(folder.passwords().get(KafkaUser.QUERY));
    }
  }
}
