package io.millrace.server.instance;

import io.millrace.server.DataFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the Kafka of a data folder listens while it runs, in a file, so that other commands find
 * it. A process that was killed leaves its file behind; so the file has the process id too, and
 * counts only while that process has the folder.
 */
public final class KafkaAddress implements AutoCloseable {
  private static final String FILE = "kafka.address";

  private final Path file;

  private KafkaAddress(Path file) {
    this.file = file;
  }

  /** Notes the address for as long as this process has the folder, or until closed. */
  static KafkaAddress note(Path dataFolder, String bootstrapServers) {
    Path file = dataFolder.resolve(FILE);
    try {
      Files.writeString(file, ProcessHandle.current().pid() + "\n" + bootstrapServers + "\n");
      return new KafkaAddress(file);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot write " + file, failure);
    }
  }

  /** The address, if something runs there. */
  public static Optional<String> read(Path dataFolder) {
    return DataFolder.ownerOf(dataFolder).flatMap(owner -> notedBy(owner, dataFolder));
  }

  private static Optional<String> notedBy(DataFolder.Owner owner, Path dataFolder) {
    try {
      List<String> lines = Files.readAllLines(dataFolder.resolve(FILE));
      boolean isNote = lines.size() == 2 && lines.getFirst().equals(Long.toString(owner.pid()));
      return isNote ? Optional.of(lines.get(1)) : Optional.empty();
    } catch (IOException nothingThere) {
      return Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
