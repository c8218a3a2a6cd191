package io.millrace.server.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.server.ServerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterIdentityTest {

  @TempDir private Path folder;

  @Test
  void aFolderKeepsItsClusterId() {
    ClusterIdentity first = ClusterIdentity.of(folder, 3);

    assertThat(ClusterIdentity.of(folder, 3)).isEqualTo(first);
  }

  @Test
  void refusesAnotherNumberOfBrokers() {
    ClusterIdentity.of(folder, 1);

    assertThatThrownBy(() -> ClusterIdentity.of(folder, 3))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("brokers: 1")
        .hasMessageContaining("another folder");
  }

  @Test
  void refusesAFileItCannotUnderstand() throws IOException {
    Files.writeString(folder.resolve("cluster.properties"), "brokers=many");

    assertThatThrownBy(() -> ClusterIdentity.of(folder, 1))
        .hasMessageContaining("cluster.id is missing");
  }
}
