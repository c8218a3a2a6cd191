package io.millrace.server.fault;

import io.millrace.server.ExitSequence;
import io.millrace.server.ServerError;
import io.millrace.server.ServerException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * A disk of one host: an ext4 file system in a file. It can be full, and it can lose its power.
 *
 * <p>Its processes must have ended before it is mounted again or closed. Safe for use by several
 * threads.
 */
public final class LoopDisk implements AutoCloseable {

  private static final long MEGABYTE = 1 << 20;
  private static final String BALLAST = "ballast";

  /** A folder of its own, since a file system's top has things that are not its user's. */
  private static final String DATA = "data";

  private final String name;
  private final Path image;
  private final Path mountPoint;
  private boolean isMounted;

  private LoopDisk(String name, Path image, Path mountPoint) {
    this.name = name;
    this.image = image;
    this.mountPoint = mountPoint;
  }

  /** Why there can be none on this machine; empty when there can. */
  public static Optional<String> missing() {
    return MachineNeed.DISKS.missing();
  }

  /**
   * Makes and mounts one.
   *
   * @param folder that gets the file {@code name.img} and the folder {@code name}; made when
   *     missing
   * @param name of the disk, for descriptions too
   * @param megabytes its size, of which the file takes only what is in use
   */
  public static LoopDisk create(Path folder, String name, int megabytes) {
    try {
      Path mountPoint = Files.createDirectories(folder.toAbsolutePath().normalize().resolve(name));
      var disk = new LoopDisk(name, mountPoint.resolveSibling(name + ".img"), mountPoint);
      disk.format(megabytes);
      ExitSequence.add(disk);
      disk.mount();
      Files.createDirectories(disk.folder());
      return disk;
    } catch (IOException problem) {
      throw failure("Cannot make a disk in " + folder, problem);
    }
  }

  /** The folder on it that is for its user's data. */
  public Path folder() {
    return mountPoint.resolve(DATA);
  }

  /** What it is called. */
  public String name() {
    return name;
  }

  /** How many bytes can still be written to it. */
  public long freeBytes() {
    try {
      return Files.getFileStore(mountPoint).getUsableSpace();
    } catch (IOException problem) {
      throw failure("Cannot look at " + mountPoint, problem);
    }
  }

  /** No byte can be written to it any more, until somebody makes room. */
  public Fault full() {
    return new FaultSwitch(name + " full", this::fill, this::makeRoom);
  }

  /**
   * Takes the power from all these disks at one moment: what was not forced to them by then is
   * gone, and everything done to them fails until {@link #restorePower}.
   */
  public static void losePower(List<LoopDisk> disks) {
    FileSystemShutdown.of(disks.stream().map(disk -> disk.mountPoint).toList());
  }

  /** Mounts it anew, with what had reached it. Whoever worked on it must have ended. */
  public synchronized void restorePower() {
    unmount();
    mount();
  }

  /** Unmounts it. Its file stays with what is on it, until somebody deletes the folder. */
  @Override
  public synchronized void close() {
    try {
      unmount();
      Files.deleteIfExists(mountPoint);
      ExitSequence.remove(this);
    } catch (IOException problem) {
      throw failure("Cannot remove the disk " + image, problem);
    }
  }

  private void format(int megabytes) throws IOException {
    try (FileChannel file =
        FileChannel.open(
            image,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.allocate(1), megabytes * MEGABYTE - 1);
    }
    // Nothing is kept back for root: what is full is full for everybody.
    SystemCommand.of("mkfs.ext4", "-q", "-F", "-m", "0", image.toString()).run();
  }

  private void mount() {
    SystemCommand.of("mount", "-o", "loop", image.toString(), mountPoint.toString()).run();
    isMounted = true;
  }

  private void unmount() {
    if (isMounted) {
      // A process that was killed lets go of its files a little later.
      SystemCommand.of(
              "sh",
              "-c",
              "for attempt in $(seq 50); do umount \"$0\" && exit; sleep 0.2; done; umount --lazy"
                  + " \"$0\"",
              mountPoint.toString())
          .run();
      isMounted = false;
    }
  }

  private void fill() {
    Path ballast = mountPoint.resolve(BALLAST);
    // The last bytes by writing: what can be allocated in one piece is not all.
    SystemCommand.of(
            "sh",
            "-c",
            "fallocate --length \"$1\" \"$0\" || true; cat /dev/zero >> \"$0\" 2> /dev/null ||"
                + " true",
            ballast.toString(),
            Long.toString(Math.max(1, freeBytes() - MEGABYTE)))
        .run();
  }

  private void makeRoom() {
    try {
      Files.deleteIfExists(mountPoint.resolve(BALLAST));
    } catch (IOException problem) {
      throw failure("Cannot make room on " + mountPoint, problem);
    }
  }

  private static ServerException failure(String what, IOException cause) {
    return new ServerException(
        ServerError.FAULT_FAILED, "%s: %s.".formatted(what, cause.getMessage()), cause);
  }
}
