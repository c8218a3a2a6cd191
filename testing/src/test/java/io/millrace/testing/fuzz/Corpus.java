package io.millrace.testing.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Inputs that are kept: each file in {@code src/test/resources/fuzz/TARGET} once was a fault, or is
 * what a decoder finds hard. All are tried in every run.
 */
final class Corpus {
  private static final Path FOLDER = Path.of("src", "test", "resources", "fuzz");

  private Corpus() {}

  static Path folder(String target) {
    return FOLDER.resolve(target);
  }

  /** The targets that have a folder. */
  static List<String> targets() {
    try (Stream<Path> folders = Files.list(FOLDER)) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Inputs of a target by the names of their files. */
  static Map<String, byte[]> of(String target) {
    var inputs = new TreeMap<String, byte[]>();
    if (Files.isDirectory(folder(target))) {
      try (Stream<Path> files = Files.list(folder(target))) {
        for (Path file : files.toList()) {
          inputs.put(file.getFileName().toString(), Files.readAllBytes(file));
        }
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
    return inputs;
  }
}
