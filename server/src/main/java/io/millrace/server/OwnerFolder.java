package io.millrace.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Folders that their owner alone may look into: what Millrace keeps and writes is about people. */
public final class OwnerFolder {
  private static final Logger log = LoggerFactory.getLogger(OwnerFolder.class);
  private static final Set<PosixFilePermission> OWNER =
      Set.copyOf(PosixFilePermissions.fromString("rwx------"));

  private OwnerFolder() {}

  /**
   * Makes a folder, and those above it that are missing; one that is there is left as it is, and
   * told of where others may look into it.
   */
  public static void make(Path folder) throws IOException {
    Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER));
    if (isOpenToOthers(folder)) {
      log.atWarn()
          .addKeyValue("folder", folder)
          .log(
              "Other users of this machine can look into a folder; take that from them: chmod 700");
    }
  }

  /** The same before what writes logs there makes it for everybody. */
  public static void makeForLogs(Path folder) {
    try {
      make(folder);
    } catch (IOException problem) {
      throw new ServerException(
          ServerError.DATA_FOLDER_UNUSABLE,
          "Cannot make the log folder %s: %s. Name a folder that you may write to."
              .formatted(folder, problem.getMessage()),
          problem);
    }
  }

  /** Whether anybody but the owner has a right to it. */
  static boolean isOpenToOthers(Path folder) throws IOException {
    var rights = new HashSet<>(Files.getPosixFilePermissions(folder));
    rights.removeAll(OWNER);
    return !rights.isEmpty();
  }
}
