package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerFolderTest {
  @TempDir private Path folder;

  @Test
  void theDataFolderIsForItsOwnerAlone() throws Exception {
    Path missing = folder.resolve("above").resolve("data");

    try (DataFolder data = DataFolder.open(missing)) {
      assertThat(rights(data.path())).isEqualTo("rwx------");
      assertThat(rights(missing.getParent())).isEqualTo("rwx------");
      assertThat(OwnerFolder.isOpenToOthers(missing)).isFalse();
    }
  }

  @Test
  void oneThatIsThereIsLeftAsItIs() throws Exception {
    Path there = Files.createDirectory(folder.resolve("there"));
    Files.setPosixFilePermissions(there, PosixFilePermissions.fromString("rwxr-x---"));

    OwnerFolder.make(there);

    assertThat(rights(there)).isEqualTo("rwxr-x---");
    assertThat(OwnerFolder.isOpenToOthers(there)).isTrue();
  }

  private static String rights(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
