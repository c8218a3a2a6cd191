package io.millrace.server.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads a file that people write. How much there is to read shows only in reading: a device such as
 * {@code /dev/zero} has no size, and no end.
 */
final class SmallFile {
  private static final int MOST_BYTES = 1 << 20;

  /** How much it may hold, for messages. */
  static final String LIMIT = "at most 1 MiB";

  private SmallFile() {}

  /**
   * The text of a file; empty where it holds too much.
   *
   * @throws IOException also where it is not UTF-8
   */
  static Optional<String> read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      return bytes.length > MOST_BYTES
          ? Optional.empty()
          : Optional.of(
              StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    }
  }
}
