package io.millrace.server.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.DataFolder;
import io.millrace.server.OtherProcess;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaAddressTest {
  private static final String ADDRESS = "127.0.0.1:31076";

  @TempDir private Path temporary;

  @Test
  void isThereUntilItIsClosed() throws IOException {
    try (DataFolder folder = DataFolder.open(temporary)) {
      // Given
      KafkaAddress address = KafkaAddress.note(folder.path(), ADDRESS);

      // When Then
      assertThat(KafkaAddress.read(temporary)).contains(ADDRESS);

      // When
      address.close();

      // Then
      assertThat(KafkaAddress.read(temporary)).isEmpty();
    }
  }

  @Test
  void isThereForOtherProcessesWhileItsOwnRuns() {
    try (OtherProcess other =
        OtherProcess.run(KafkaAddressHolder.class, temporary.toString(), ADDRESS)) {
      assertThat(other.nextLine()).isEqualTo("noted");

      assertThat(KafkaAddress.read(temporary)).contains(ADDRESS);
    }
  }

  @Test
  void doesNotOutliveAProcessThatWasKilled() {
    try (OtherProcess other =
        OtherProcess.run(KafkaAddressHolder.class, temporary.toString(), ADDRESS)) {
      // Given
      assertThat(other.nextLine()).isEqualTo("noted");
      other.kill();

      // When Then
      assertThat(temporary.resolve("kafka.address")).exists();
      assertThat(KafkaAddress.read(temporary)).isEmpty();

      // When
      try (DataFolder next = DataFolder.open(temporary)) {

        // Then
        assertThat(KafkaAddress.read(next.path())).isEmpty();
      }
    }
  }

  @Test
  void isNotThereWhereNothingEverRan() {
    assertThat(KafkaAddress.read(temporary)).isEmpty();
  }
}
