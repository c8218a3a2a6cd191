package io.millrace.server.sql;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The file of former statements, which nobody but its owner may read: conditions of statements name
 * people and their doings.
 */
public final class HistoryFile {
  private static final Set<PosixFilePermission> OWNER_ALONE =
      PosixFilePermissions.fromString("rw-------");

  private HistoryFile() {}

  /**
   * Where it belongs by the XDG Base Directory Specification.
   *
   * @param environment of the process
   * @param home of the user
   */
  public static Path in(Map<String, String> environment, Path home) {
    return Optional.ofNullable(environment.get("XDG_STATE_HOME"))
        .map(Path::of)
        // The specification has others ignored.
        .filter(Path::isAbsolute)
        .orElse(home.resolve(".local").resolve("state"))
        .resolve("millrace")
        .resolve("sql-history");
  }

  /** Makes it if it is missing, and takes it away from others. */
  public static void prepare(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    try {
      Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ALONE));
    } catch (FileAlreadyExistsException known) {
      Files.setPosixFilePermissions(file, OWNER_ALONE);
    }
  }
}
