package io.millrace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder of its own for one run, deleted with all that is in it. */
record TemporaryFolder(Path path) implements AutoCloseable {

  /** An empty one, where {@code TMPDIR} or the system says. */
  static TemporaryFolder make() throws IOException {
    return new TemporaryFolder(Files.createTempDirectory("millrace-bench-"));
  }

  Path data() {
    return path.resolve("data");
  }

  Path outputFile() {
    return path.resolve("output.txt");
  }

  /** What was printed so far by the command that works here. */
  String output() {
    try {
      return Files.readString(outputFile());
    } catch (IOException unreadable) {
      return "";
    }
  }

  /** Deletes it, unless that has been done. */
  @Override
  public void close() throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(path)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : deepestFirst) {
      Files.deleteIfExists(each);
    }
  }
}
