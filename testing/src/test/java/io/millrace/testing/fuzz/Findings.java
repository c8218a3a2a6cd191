package io.millrace.testing.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Keeps inputs that a decoder could not take, to be looked at and put into the corpus. */
final class Findings {
  private static final Path FOLDER = Path.of("target", "fuzz");

  private Findings() {}

  static Path folder(String target) {
    return FOLDER.resolve(target);
  }

  static Path keep(String target, byte[] bytes) {
    try {
      Files.createDirectories(folder(target));
      return Files.write(
          folder(target).resolve("fault-%08x".formatted(Arrays.hashCode(bytes))), bytes);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
