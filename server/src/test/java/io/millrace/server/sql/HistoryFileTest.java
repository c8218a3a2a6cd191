package io.millrace.server.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {
  private static final Path HOME = Path.of("/home/ann");

  @TempDir private Path folder;

  @Test
  void isInTheStateFolderOfTheUser() {
    assertThat(HistoryFile.in(Map.of(), HOME))
        .isEqualTo(Path.of("/home/ann/.local/state/millrace/sql-history"));
    assertThat(HistoryFile.in(Map.of("XDG_STATE_HOME", "/state"), HOME))
        .isEqualTo(Path.of("/state/millrace/sql-history"));
    assertThat(HistoryFile.in(Map.of("XDG_STATE_HOME", "relative"), HOME))
        .isEqualTo(Path.of("/home/ann/.local/state/millrace/sql-history"));
  }

  @Test
  void isForItsOwnerAlone() throws IOException {
    Path made = folder.resolve("state/millrace/sql-history");
    HistoryFile.prepare(made);
    assertThat(permissionsOf(made)).isEqualTo("rw-------");

    Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-r--r--"));
    HistoryFile.prepare(made);
    assertThat(permissionsOf(made)).isEqualTo("rw-------");
  }

  private static String permissionsOf(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
