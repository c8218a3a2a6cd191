package io.millrace.server.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.server.ServerException;
import io.millrace.server.fault.Fault;
import io.millrace.server.fault.LoopDisk;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerRoomTest {

  @Test
  void isOnADiskThatIsNotFullAlsoForAFolderThatIsNotThereYet(@TempDir Path folder) {
    var room = new BrokerRoom(folder.resolve("not").resolve("yet"));

    room.require();

    assertThat(room.isEnough()).isTrue();
  }

  @Test
  void aFullDiskHasNoneUntilSomebodyMakesRoom(@TempDir Path folder) {
    assumeTrue(LoopDisk.missing().isEmpty(), () -> LoopDisk.missing().orElseThrow());
    try (LoopDisk disk = LoopDisk.create(folder, "disk", 192);
        Fault full = disk.full()) {
      var room = new BrokerRoom(disk.folder());
      assertThat(room.isEnough()).isTrue();

      full.inject();

      assertThat(room.isEnough()).isFalse();
      assertThatThrownBy(room::require)
          .isInstanceOf(ServerException.class)
          .hasMessageContaining("0 MB left");

      full.heal();

      assertThat(room.isEnough()).isTrue();
    }
  }
}
