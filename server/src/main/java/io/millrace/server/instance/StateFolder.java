package io.millrace.server.instance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of the processing's stores. After a stop that was not clean the stores are deleted,
 * and read back whole from their changelogs: what a killed process had on disk may be less than it
 * says. The process's own id, by which Kafka knows its transactions, stays.
 */
final class StateFolder implements AutoCloseable {
  private static final String IN_USE = "in-use";

  private final Path mark;

  private StateFolder(Path mark) {
    this.mark = mark;
  }

  /** Takes the folder into use until closed. */
  static StateFolder open(Path folder) {
    Path mark = folder.resolve(IN_USE);
    try {
      Files.createDirectories(folder);
      if (Files.exists(mark)) {
        deleteStores(folder);
      }
      Files.writeString(mark, "");
      return new StateFolder(mark);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot prepare " + folder, failure);
    }
  }

  /** Stores are in folders named like {@code 0_7} below that of the application. */
  private static void deleteStores(Path folder) throws IOException {
    try (Stream<Path> below = Files.walk(folder, 2)) {
      List<Path> tasks =
          below.filter(path -> path.getFileName().toString().matches("\\d+_\\d+")).toList();
      for (Path task : tasks) {
        delete(task);
      }
    }
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(mark);
  }
}
