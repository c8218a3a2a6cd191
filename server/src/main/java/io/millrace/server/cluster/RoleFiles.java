package io.millrace.server.cluster;

import io.millrace.server.OwnerFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where the files of the process of a role are.
 *
 * @param data the folder of what it keeps
 * @param settings its configuration, written anew at each start
 * @param logs the folder of what it writes
 * @param output what it writes to its standard output and error
 */
record RoleFiles(Path data, Path settings, Path logs, Path output) {

  static RoleFiles of(Path folder, String name) {
    return new RoleFiles(
        folder.resolve(name),
        folder.resolve(name + ".yaml"),
        folder.resolve("logs"),
        folder.resolve("logs").resolve(name + ".out"));
  }

  void write(String configuration) {
    try {
      OwnerFolder.make(data);
      OwnerFolder.make(logs);
      // It holds a secret.
      Files.deleteIfExists(settings);
      Files.createFile(
          settings,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(settings, configuration);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
