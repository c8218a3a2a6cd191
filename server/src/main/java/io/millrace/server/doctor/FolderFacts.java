package io.millrace.server.doctor;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What is known of a data folder, which need not be there yet.
 *
 * @param writable whether it, or the folder in which it would be made, can be written
 * @param temporary whether it is below a folder that others clean up
 * @param fileSystem the kind of file system, in small letters; empty where that cannot be told
 * @param freeBytes of that file system
 */
record FolderFacts(
    Path path, boolean writable, boolean temporary, String fileSystem, long freeBytes) {

  /** Looks. */
  static FolderFacts of(Path folder) {
    Path path = folder.toAbsolutePath().normalize();
    Path there = path;
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    boolean temporary =
        List.of(
                Path.of(System.getProperty("java.io.tmpdir", "/tmp")),
                Path.of("/tmp"),
                Path.of("/var/tmp"))
            .stream()
            .anyMatch(path::startsWith);
    boolean writable = Files.isDirectory(there) && Files.isWritable(there);
    try {
      FileStore store = Files.getFileStore(there);
      return new FolderFacts(
          path, writable, temporary, store.type().toLowerCase(Locale.ROOT), store.getUsableSpace());
    } catch (IOException unknown) {
      return new FolderFacts(path, writable, temporary, "", Long.MAX_VALUE);
    }
  }
}
