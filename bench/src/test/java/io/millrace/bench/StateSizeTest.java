package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateSizeTest {
  @TempDir private Path data;

  @Test
  void tellsStoresAndChangelogsApartFromOtherTopics() throws IOException {
    // Given
    write("state/app/0_0/rocksdb/cells/000012.sst", 700);
    write("kafka/log/app-cells-changelog-0/00000000000000000000.log", 300);
    write("kafka/log/app-cells-changelog-0/00000000000000000000.index", 10);
    write("kafka/log/click-events-0/00000000000000000000.log", 5_000);

    // When
    StateSize size = StateSize.of(data);

    // Then
    assertThat(size.stores()).isEqualTo(700);
    assertThat(size.changelogs()).isEqualTo(300);
  }

  @Test
  void deletesTheStoresAndNothingElse() throws IOException {
    // Given
    write("state/app/0_0/rocksdb/cells/000012.sst", 700);
    write("kafka/log/click-events-0/00000000000000000000.log", 5_000);

    // When
    StateSize.of(data).deleteStores();

    // Then
    assertThat(data.resolve("state")).doesNotExist();
    assertThat(data.resolve("kafka/log/click-events-0/00000000000000000000.log")).exists();
  }

  @Test
  void scalesToAGigabyte() {
    assertThat(StateSize.secondsPerGigabyte(Duration.ofSeconds(3), 50_000_000)).isEqualTo("60 s");
    assertThat(StateSize.secondsPerGigabyte(Duration.ofSeconds(-1), 50_000_000)).isEqualTo("–");
  }

  private void write(String file, int size) throws IOException {
    Path path = data.resolve(file);
    Files.createDirectories(path.getParent());
    Files.write(path, new byte[size]);
  }
}
