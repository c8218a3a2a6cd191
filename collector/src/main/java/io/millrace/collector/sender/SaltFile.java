package io.millrace.collector.sender;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Salts in a file that only its owner may read, so that a restart does not make every visitor of
 * the day a new one.
 *
 * <p>One line a day: {@code 2026-03-01 BASE64}. The file is replaced as a whole, so a crash leaves
 * the old or the new one; a neighbouring {@code .lock} lets several collectors of one host share
 * it. Days before yesterday are forgotten in the file and in memory.
 *
 * <p>A disk that fails costs continuity, never an event: the salts then live in memory and a
 * warning says so. Safe for any number of threads; the file is touched once a day.
 */
public final class SaltFile implements DailySalts {
  private static final Logger LOG = LoggerFactory.getLogger(SaltFile.class);
  private static final int SALT_LENGTH = 32;
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path path;
  private final SecureRandom random = new SecureRandom();
  private volatile Map<LocalDate, byte[]> salts = Map.of();

  public SaltFile(Path path) {
    this.path = path.toAbsolutePath();
  }

  @Override
  public byte[] saltOf(LocalDate day) {
    byte[] salt = salts.get(day);
    return salt != null ? salt : newDay(day);
  }

  private synchronized byte[] newDay(LocalDate day) {
    byte[] known = salts.get(day);
    if (known != null) {
      return known;
    }
    var kept = new TreeMap<>(salts);
    try {
      agreeOn(day, kept);
    } catch (IOException | UnsupportedOperationException failure) {
      LOG.atWarn()
          .addKeyValue("path", path)
          .setCause(failure)
          .log("Cannot keep the visitor salts in their file; a restart will begin new visitors");
      add(day, kept);
    }
    salts = Map.copyOf(kept);
    return kept.getOrDefault(day, new byte[0]);
  }

  private void agreeOn(LocalDate day, NavigableMap<LocalDate, byte[]> kept) throws IOException {
    Path lockPath = path.resolveSibling(path.getFileName() + ".lock");
    try (var channel =
            FileChannel.open(lockPath, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var lock = channel.lock()) {
      if (lock.isValid() && Files.exists(path)) {
        kept.putAll(read());
      }
      add(day, kept);
      write(kept);
    }
  }

  /** Clears what is older than the day before the latest known one. */
  private void add(LocalDate day, NavigableMap<LocalDate, byte[]> kept) {
    kept.computeIfAbsent(day, _ -> TransientSalts.newSalt(random));
    LocalDate latest = kept.lastKey();
    kept.headMap(latest.minusDays(1)).keySet().removeIf(old -> !old.equals(day));
  }

  private Map<LocalDate, byte[]> read() throws IOException {
    var found = new TreeMap<LocalDate, byte[]>();
    for (String line : Files.readAllLines(path)) {
      List<String> parts = List.of(line.strip().split(" ", 2));
      try {
        byte[] salt = Base64.getDecoder().decode(parts.getLast());
        if (salt.length == SALT_LENGTH) {
          found.put(LocalDate.parse(parts.getFirst()), salt);
        }
      } catch (DateTimeException | IllegalArgumentException unreadable) {
        LOG.atWarn().addKeyValue("path", path).log("Passed over a line that is no visitor salt");
      }
    }
    return found;
  }

  private void write(Map<LocalDate, byte[]> kept) throws IOException {
    String text =
        kept.entrySet().stream()
            .map(
                entry ->
                    entry.getKey() + " " + Base64.getEncoder().encodeToString(entry.getValue()))
            .collect(Collectors.joining("\n", "", "\n"));
    Path replacement = path.resolveSibling(path.getFileName() + ".new");
    Files.deleteIfExists(replacement);
    Files.createFile(replacement, OWNER_ONLY);
    Files.writeString(replacement, text, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
    Files.move(
        replacement, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
