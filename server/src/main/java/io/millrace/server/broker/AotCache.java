package io.millrace.server.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * The file in which the JVM keeps the broker's classes loaded and linked, so that it starts in less
 * time. It goes into {@code cache} beside the libraries, or, where that cannot be written, into the
 * user's cache folder.
 *
 * <p>Its name holds a checksum of what it is made from. The JVM itself compares only the size and
 * the time of each jar, and a build that can be repeated gives every jar the same time: it would
 * run old classes from the cache of an earlier build.
 *
 * @param file where the cache is or would be
 */
record AotCache(Path file) {

  private static final String PREFIX = "broker-";
  private static final String SUFFIX = ".aot";

  /**
   * The place for the program's cache; empty when the program does not run from a folder {@code
   * lib} of jars.
   */
  static Optional<AotCache> of(JavaProgram program) {
    if (program.classPath().isEmpty() || !program.hasOnlyJars()) {
      return Optional.empty();
    }
    Path libraries = program.classPath().getFirst().getParent();
    if (libraries == null || !libraries.endsWith("lib")) {
      return Optional.empty();
    }
    String checksum = Long.toHexString(checksum(program.classPath()));
    return Optional.of(new AotCache(folderFor(libraries).resolve(PREFIX + checksum + SUFFIX)));
  }

  /** Whether the cache is there. */
  boolean exists() {
    return Files.isRegularFile(file);
  }

  /** The flags that use the cache; none when it is missing. */
  List<String> useFlags() {
    return exists() ? List.of("-XX:AOTCache=" + file) : List.of();
  }

  /** The flags that write a cache into the file when the JVM ends. */
  static List<String> makeFlags(Path file) {
    return List.of("-XX:AOTCacheOutput=" + file);
  }

  /** Makes an empty folder for the cache: those of earlier builds go. */
  void clearFolder() throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      return;
    }
    Files.createDirectories(folder);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path old : files.filter(AotCache::isCache).toList()) {
        Files.delete(old);
      }
    }
  }

  private static boolean isCache(Path file) {
    return String.valueOf(file.getFileName()).startsWith(PREFIX);
  }

  /**
   * The names of all jars, which tell the versions of the libraries, and the content of our own,
   * which change unnamed.
   */
  private static long checksum(List<Path> jars) {
    var checksum = new CRC32();
    checksum.update(Runtime.version().toString().getBytes(StandardCharsets.UTF_8));
    for (Path jar : jars) {
      checksum.update(jar.toString().getBytes(StandardCharsets.UTF_8));
      if (String.valueOf(jar.getFileName()).startsWith("millrace-")) {
        checksum.update(content(jar));
      }
    }
    return checksum.getValue();
  }

  private static byte[] content(Path jar) {
    try {
      return Files.readAllBytes(jar);
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  private static Path folderFor(Path libraries) {
    Path beside = libraries.resolveSibling("cache");
    return isWritable(beside) ? beside : userFolder();
  }

  private static boolean isWritable(Path folder) {
    if (Files.exists(folder)) {
      return Files.isWritable(folder);
    }
    Path parent = folder.getParent();
    return parent != null && Files.isWritable(parent);
  }

  private static Path userFolder() {
    String cacheHome = System.getenv("XDG_CACHE_HOME");
    Path caches =
        cacheHome == null || cacheHome.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cacheHome);
    return caches.resolve("millrace");
  }
}
