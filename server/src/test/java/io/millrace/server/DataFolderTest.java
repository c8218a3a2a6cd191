package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

  private static final String URL = "http://localhost:8080";

  @TempDir private Path temporary;

  @Test
  void makesTheFolderAndFreesItWhenClosed() {
    Path folder = temporary.resolve("a/b");

    DataFolder.open(folder).close();

    assertThat(folder).isDirectory();
    assertThat(DataFolder.ownerOf(folder)).isEmpty();
    DataFolder.open(folder).close();
  }

  @Test
  void refusesTheFolderThatThisProcessHolds() {
    try (DataFolder held = DataFolder.open(temporary)) {
      assertThatThrownBy(() -> DataFolder.open(temporary.resolve("x/..")))
          .isInstanceOf(ServerException.class)
          .hasMessageContaining("in use by process " + ProcessHandle.current().pid());
      assertThat(DataFolder.ownerOf(held.path())).isPresent();
    }
  }

  @Test
  void namesTheProcessAndTheUrlOfTheOneThatHoldsIt() {
    try (OtherProcess other = OtherProcess.run(FolderHolder.class, temporary.toString(), URL)) {
      assertThat(other.nextLine()).isEqualTo("held");

      assertThatThrownBy(() -> DataFolder.open(temporary))
          .hasMessageContaining("process " + other.pid())
          .hasMessageContaining(URL)
          .hasMessageContaining("kill " + other.pid())
          .extracting(problem -> ((ServerException) problem).error())
          .isEqualTo(ServerError.DATA_FOLDER_BUSY);
      assertThat(DataFolder.ownerOf(temporary))
          .contains(new DataFolder.Owner(other.pid(), Optional.of(URL)));
    }
  }

  @Test
  void isFreeAgainAfterItsHolderWasKilled() {
    try (OtherProcess other = OtherProcess.run(FolderHolder.class, temporary.toString(), URL)) {
      assertThat(other.nextLine()).isEqualTo("held");
      other.kill();

      assertThat(DataFolder.ownerOf(temporary)).isEmpty();
      DataFolder.open(temporary).close();
    }
  }

  @Test
  void saysWhatToDoWhenTheFolderCannotBeMade() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "no folder");

    assertThatThrownBy(() -> DataFolder.open(file.resolve("inside")))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("Name a folder that you may write to");
  }
}
