package io.millrace.server.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LoopDiskTest {

  @TempDir private Path folder;
  private Optional<LoopDisk> made = Optional.empty();

  @BeforeEach
  void needsTheMachinesLeave() {
    Optional<String> missing = LoopDisk.missing();
    assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
    made = Optional.of(LoopDisk.create(folder, "disk-1", 32));
  }

  @AfterEach
  void leavesItsFileAlone() throws IOException {
    if (made.isPresent()) {
      made.get().close();
      made.get().close();
      try (Stream<Path> left = Files.list(folder)) {
        assertThat(left).containsExactly(folder.resolve("disk-1.img"));
      }
      assertThat(Files.readString(Path.of("/proc/mounts"))).doesNotContain(folder.toString());
    }
  }

  @Test
  void isFullUntilThereIsRoom() throws IOException {
    LoopDisk disk = made.orElseThrow();
    Path file = disk.folder().resolve("file");

    try (Fault full = disk.full()) {
      full.inject();
      // Less than the smallest file takes may be left in corners.
      assertThat(disk.freeBytes()).isLessThan(10_000);
      assertThatThrownBy(() -> Files.write(file, new byte[10_000])).isInstanceOf(IOException.class);
    }

    Files.write(file, new byte[10_000]);
    assertThat(disk.freeBytes()).isGreaterThan(20 << 20);
  }

  @Test
  void keepsThroughALossOfPowerOnlyWhatWasForcedToIt() throws IOException {
    LoopDisk disk = made.orElseThrow();
    Path forced = disk.folder().resolve("forced");
    Path hoped = disk.folder().resolve("hoped");
    try (FileChannel channel =
        FileChannel.open(forced, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
      channel.force(true);
      Files.writeString(hoped, "written, not forced");
      channel.write(ByteBuffer.wrap(new byte[] {4, 5, 6}));

      // When
      LoopDisk.losePower(List.of(disk));

      // Then
      assertThatThrownBy(() -> Files.writeString(hoped, "more")).isInstanceOf(IOException.class);
    }
    disk.restorePower();
    assertThat(forced).hasBinaryContent(new byte[] {1, 2, 3});
    assertThat(hoped).doesNotExist();
    Files.writeString(hoped, "written again");
  }
}
