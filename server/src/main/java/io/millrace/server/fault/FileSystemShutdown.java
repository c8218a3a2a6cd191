package io.millrace.server.fault;

import io.millrace.server.ServerError;
import io.millrace.server.ServerException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes the power from mounted file systems: from this call on nothing reaches their disks, not
 * what was written and not yet forced, and not the journal either. It is what file systems offer
 * for testing just this (FS_IOC_SHUTDOWN, for ext4, XFS and others), asked for through the C
 * library.
 */
final class FileSystemShutdown {

  /** {@code _IOR('X', 125, __u32)}. */
  private static final long SHUTDOWN = 0x8004587DL;

  /** Without writing the journal out first. */
  private static final int WITHOUT_JOURNAL = 2;

  private static final int READ_ONLY = 0;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle OPEN =
      function(
          "open",
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle CONTROL =
      function(
          "ioctl",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_LONG,
              ValueLayout.ADDRESS),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle CLOSE =
      function("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  private FileSystemShutdown() {}

  /**
   * All at once, as nearly as can be: opened first, and then shut down one right after the other.
   */
  static void of(List<Path> mountPoints) {
    List<Integer> opened = new ArrayList<>();
    try {
      for (Path mountPoint : mountPoints) {
        opened.add(open(mountPoint));
      }
      for (int index = 0; index < opened.size(); index++) {
        shutDown(opened.get(index), mountPoints.get(index));
      }
    } finally {
      opened.forEach(FileSystemShutdown::close);
    }
  }

  private static int open(Path mountPoint) {
    try (Arena arena = Arena.ofConfined()) {
      int descriptor = (int) OPEN.invokeExact(arena.allocateFrom(mountPoint.toString()), READ_ONLY);
      require(descriptor >= 0, mountPoint);
      return descriptor;
    } catch (ServerException refused) {
      throw refused;
    } catch (Throwable unexpected) {
      throw new IllegalStateException(unexpected);
    }
  }

  private static void shutDown(int descriptor, Path mountPoint) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment how = arena.allocateFrom(ValueLayout.JAVA_INT, WITHOUT_JOURNAL);
      int answer = (int) CONTROL.invokeExact(descriptor, SHUTDOWN, how);
      require(answer == 0, mountPoint);
    } catch (ServerException refused) {
      throw refused;
    } catch (Throwable unexpected) {
      throw new IllegalStateException(unexpected);
    }
  }

  private static void close(int descriptor) {
    try {
      int _ = (int) CLOSE.invokeExact(descriptor);
    } catch (Throwable unexpected) {
      throw new IllegalStateException(unexpected);
    }
  }

  private static void require(boolean holds, Path mountPoint) {
    if (!holds) {
      throw new ServerException(
          ServerError.FAULT_FAILED,
          "Cannot shut down the file system at %s. It takes root, and a file system that can be shut down, such as ext4."
              .formatted(mountPoint));
    }
  }

  @SuppressWarnings("restricted") // Native access is what this class is for.
  private static MethodHandle function(
      String name, FunctionDescriptor shape, Linker.Option... options) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), shape, options);
  }
}
