package io.millrace.testing.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

class ChromiumTest {
  @TempDir private Path folder;

  @Test
  void isFoundOnThePath() throws IOException {
    Path program =
        Files.createFile(
            folder.resolve("chromium"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));

    assertThat(new Chromium(Map.of("PATH", "/nowhere:" + folder)).required()).isEqualTo(program);
  }

  @Test
  void skipsTheTestWithTheReasonWhereThereIsNone() {
    assertThatThrownBy(() -> new Chromium(Map.of("PATH", folder.toString())).required())
        .isInstanceOf(TestAbortedException.class)
        .hasMessageContaining("apt install chromium");
  }

  @Test
  void failsTheTestInContinuousIntegration() {
    assertThatThrownBy(
            () -> new Chromium(Map.of("PATH", folder.toString(), "CI", "true")).required())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("CI=true");
  }
}
