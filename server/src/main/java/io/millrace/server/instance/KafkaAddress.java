package io.millrace.server.instance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the Kafka of a data folder listens while it runs, in a file, so that other commands find
 * it.
 */
public final class KafkaAddress implements AutoCloseable {
  private static final String FILE = "kafka.address";

  private final Path file;

  private KafkaAddress(Path file) {
    this.file = file;
  }

  /** Notes the address until closed. */
  static KafkaAddress note(Path dataFolder, String bootstrapServers) {
    Path file = dataFolder.resolve(FILE);
    try {
      Files.writeString(file, bootstrapServers);
      return new KafkaAddress(file);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot write " + file, failure);
    }
  }

  /** The address, if something runs there. */
  public static Optional<String> read(Path dataFolder) {
    try {
      return Optional.of(Files.readString(dataFolder.resolve(FILE)).strip());
    } catch (IOException nothingThere) {
      return Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
