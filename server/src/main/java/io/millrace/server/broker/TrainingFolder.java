package io.millrace.server.broker;

import io.millrace.server.ServerError;
import io.millrace.server.ServerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A temporary data folder for the making of a cache.
 *
 * @param path the folder
 */
record TrainingFolder(Path path) implements AutoCloseable {

  static TrainingFolder create() throws IOException {
    return new TrainingFolder(Files.createTempDirectory("millrace-training"));
  }

  static ServerException failure(Exception cause) {
    return new ServerException(
        ServerError.LAUNCH_FAILED,
        "Cannot make the caches: %s. All works without them; each start takes a little longer."
            .formatted(cause.getMessage()),
        cause);
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
