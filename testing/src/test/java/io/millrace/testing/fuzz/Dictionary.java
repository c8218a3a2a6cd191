package io.millrace.testing.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a target's words as libFuzzer reads them. */
final class Dictionary {
  private Dictionary() {}

  static Path write(FuzzTarget target, Path file) throws IOException {
    var text = new StringBuilder();
    for (byte[] word : target.words()) {
      text.append('"');
      for (byte each : word) {
        text.append("\\x%02X".formatted(each & 0xFF));
      }
      text.append("\"\n");
    }
    return Files.writeString(file, text);
  }
}
