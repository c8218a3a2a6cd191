package io.millrace.collector.sender;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SaltFileTest {
  private static final LocalDate DAY = LocalDate.parse("2026-03-01");

  @TempDir private Path folder = Path.of("");
  private Path path = Path.of("");

  @BeforeEach
  void nameFile() {
    path = folder.resolve("visitor-salts");
  }

  @Test
  void aSaltOutlivesTheProcessAndOnlyItsOwnerMayReadIt() throws IOException {
    byte[] salt = new SaltFile(path).saltOf(DAY);

    assertThat(salt).hasSize(32);
    assertThat(new SaltFile(path).saltOf(DAY)).isEqualTo(salt);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
  }

  @Test
  void yesterdayIsKeptAndTheDayBeforeForgotten() throws IOException {
    // Given
    var salts = new SaltFile(path);
    byte[] first = salts.saltOf(DAY);
    byte[] second = salts.saltOf(DAY.plusDays(1));

    // When
    salts.saltOf(DAY.plusDays(2));

    // Then
    assertThat(Files.readString(path)).doesNotContain("2026-03-01").contains("2026-03-02");
    assertThat(salts.saltOf(DAY.plusDays(1))).isEqualTo(second).isNotEqualTo(first);
    assertThat(salts.saltOf(DAY)).isNotEqualTo(first);
  }

  @Test
  void processesOfOneHostShareTheFile() {
    var one = new SaltFile(path);
    var other = new SaltFile(path);
    one.saltOf(DAY);

    assertThat(other.saltOf(DAY.plusDays(1))).isEqualTo(one.saltOf(DAY.plusDays(1)));
  }

  @Test
  void linesThatAreNoSaltsArePassedOver() throws IOException {
    Files.writeString(path, "2026-03-01 !!\nnonsense\n\n2026-03-01 c2hvcnQ=\n");

    assertThat(new SaltFile(path).saltOf(DAY)).hasSize(32);
  }

  @Test
  void aFolderThatIsMissingCostsContinuityOnly() {
    var salts = new SaltFile(folder.resolve("absent").resolve("salts"));

    assertThat(salts.saltOf(DAY)).hasSize(32).isEqualTo(salts.saltOf(DAY));
  }

  @Test
  void transientSaltsDifferByDayAndProcess() {
    var salts = new TransientSalts();

    assertThat(salts.saltOf(DAY))
        .hasSize(32)
        .isEqualTo(salts.saltOf(DAY))
        .isNotEqualTo(salts.saltOf(DAY.plusDays(1)))
        .isNotEqualTo(new TransientSalts().saltOf(DAY));
  }
}
