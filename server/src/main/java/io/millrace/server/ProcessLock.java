package io.millrace.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A lock that at most one process on this machine holds, and that tells the others who holds it.
 * The operating system drops it when the process ends, however it ends.
 *
 * <p>The lock covers one byte far behind the text of the file, so that the text stays readable
 * where locks are mandatory. POSIX drops a process's lock when that process closes any handle on
 * the file; the registry of held locks keeps this process from opening the file a second time. Safe
 * for use by several threads.
 */
public final class ProcessLock implements AutoCloseable {

  /**
   * The process that holds a lock.
   *
   * @param pid its process id
   * @param note what it had to say, such as the address of its service; empty when nothing
   */
  public record Holder(long pid, String note) {}

  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;
  private static final Map<Path, ProcessLock> HELD = new ConcurrentHashMap<>();

  private final Path file;
  private final FileChannel channel;
  private volatile Holder holder;

  private ProcessLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
    this.holder = new Holder(ProcessHandle.current().pid(), "");
  }

  /**
   * Takes the lock if nobody holds it.
   *
   * @param file the lock's file, made when missing; its folder must exist
   * @return the lock, or empty when this or another process holds it
   */
  public static Optional<ProcessLock> tryAcquire(Path file) {
    synchronized (HELD) {
      Path key = key(file);
      if (HELD.containsKey(key)) {
        return Optional.empty();
      }
      Optional<ProcessLock> lock = open(key);
      lock.ifPresent(taken -> HELD.put(key, taken));
      return lock;
    }
  }

  /** Who holds the lock now; empty when nobody does. */
  public static Optional<Holder> holder(Path file) {
    synchronized (HELD) {
      Path key = key(file);
      ProcessLock own = HELD.get(key);
      if (own != null) {
        return Optional.of(own.holder);
      }
      if (!Files.exists(key)) {
        return Optional.empty();
      }
      Optional<ProcessLock> free = tryAcquire(key);
      if (free.isEmpty()) {
        return Optional.of(read(key));
      }
      free.get().close();
      return Optional.empty();
    }
  }

  /** Tells the others something, in one line, such as the address of this process's service. */
  public void note(String text) {
    holder = new Holder(holder.pid(), text);
    write();
  }

  @Override
  public void close() {
    synchronized (HELD) {
      if (HELD.remove(file, this)) {
        closeQuietly(channel);
      }
    }
  }

  private static Path key(Path file) {
    try {
      Path folder = file.toAbsolutePath().normalize().getParent();
      return folder == null ? file : folder.toRealPath().resolve(file.getFileName());
    } catch (IOException noFolder) {
      return file.toAbsolutePath().normalize();
    }
  }

  private static Optional<ProcessLock> open(Path file) {
    FileChannel channel = null;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (channel.tryLock(LOCKED_BYTE, 1, false) == null) {
        channel.close();
        return Optional.empty();
      }
      var lock = new ProcessLock(file, channel);
      lock.write();
      return Optional.of(lock);
    } catch (IOException problem) {
      if (channel != null) {
        closeQuietly(channel);
      }
      throw new UncheckedIOException(problem);
    }
  }

  private void write() {
    byte[] text = (holder.pid() + "\n" + holder.note() + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      channel.write(ByteBuffer.wrap(text), 0);
      channel.truncate(text.length);
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  private static Holder read(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      return new Holder(Long.parseLong(lines.getFirst()), lines.size() > 1 ? lines.get(1) : "");
    } catch (IOException | NumberFormatException | java.util.NoSuchElementException halfWritten) {
      return new Holder(-1, "");
    }
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }
}
