package io.millrace.streams.enrich;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A user's own geo database, which may be replaced at any time and in any way: moved over, copied
 * over, or deleted and written anew.
 *
 * <p>What is read is a copy, since a file that is written to while it is mapped into memory takes
 * the process with it. A file counts as new when time and size of its last change are others than
 * those of the file decided upon last, and as complete when a second look finds them the same. One
 * that cannot be used leaves the database in use as it is. Belongs to one thread.
 */
final class GeoFile {
  private static final Logger log = LoggerFactory.getLogger(GeoFile.class);
  private static final String COPY_SUFFIX = ".mmdb";

  private final Path file;
  private final Path copies;
  private final InstantSource clock;
  private final GeoInUse inUse;
  private Optional<Stamp> decided;
  private Optional<Stamp> seen;

  private record Stamp(FileTime changed, long size) {}

  /** A file that changed while it was read; another look will tell. */
  private static final class ChangedException extends IOException {
    ChangedException(Path file) {
      super(file + " was changed while it was read");
    }
  }

  private GeoFile(Path file, Path copies, InstantSource clock) throws IOException {
    this.file = file;
    this.copies = copies;
    this.clock = clock;
    decided = stamp();
    seen = decided;
    inUse = new GeoInUse(load(decided), clock.instant());
  }

  /**
   * Loads a file that is there.
   *
   * @param copies a folder for copies, which is made if need be and in which others have no files
   * @throws UncheckedIOException if it cannot be used
   */
  static GeoFile open(Path file, Path copies, InstantSource clock) {
    try {
      Files.createDirectories(copies);
      deleteCopies(copies);
      return new GeoFile(file, copies, clock);
    } catch (IOException unusable) {
      throw new UncheckedIOException(
          "The geo database " + file + " cannot be used: " + unusable.getMessage(), unusable);
    }
  }

  GeoInUse inUse() {
    return inUse;
  }

  /** Takes a new file, if there is one that was the same at the look before. */
  void check() {
    Optional<Stamp> now = stamp();
    boolean isStill = now.equals(seen);
    seen = now;
    if (now.isEmpty() || now.equals(decided) || !isStill) {
      return;
    }
    try {
      inUse.replace(load(now), clock.instant());
      decided = now;
      log.atInfo()
          .addKeyValue("file", file)
          .addKeyValue("built", inUse.built())
          .log("A new geo database is in use");
    } catch (ChangedException changed) {
      seen = Optional.empty();
    } catch (IOException | RuntimeException unusable) {
      decided = now;
      inUse.refuse();
      log.atWarn()
          .setCause(unusable)
          .addKeyValue("file", file)
          .addKeyValue("built", inUse.built())
          .log("The new geo database cannot be used; the one before stays in use");
    }
  }

  private GeoDatabase load(Optional<Stamp> expected) throws IOException {
    Path copy = Files.createTempFile(copies, "geo-", COPY_SUFFIX);
    try {
      try (var out = Files.newOutputStream(copy)) {
        Files.copy(file, out);
      }
      if (!stamp().equals(expected)) {
        throw new ChangedException(file);
      }
      return GeoDatabase.map(copy);
    } finally {
      deleteIfPossible(copy);
    }
  }

  private Optional<Stamp> stamp() {
    try {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return Optional.of(new Stamp(attributes.lastModifiedTime(), attributes.size()));
    } catch (IOException missing) {
      return Optional.empty();
    }
  }

  /** What a killed process, or a system that keeps mapped files, has left. */
  private static void deleteCopies(Path copies) throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(copies, "geo-*" + COPY_SUFFIX)) {
      left.forEach(GeoFile::deleteIfPossible);
    }
  }

  private static void deleteIfPossible(Path copy) {
    try {
      Files.deleteIfExists(copy);
    } catch (IOException mapped) {
      log.atDebug().addKeyValue("file", copy).log("A copy of the geo database stays until later");
    }
  }
}
