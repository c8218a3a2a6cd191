package io.millrace.server.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * A file in which the JVM keeps the classes of a program loaded and linked, so that it starts in
 * less time.
 *
 * <p>The launcher script names the folder, one for each build and JVM. It must: the JVM itself
 * compares only the size and the time of each jar, and a build that can be repeated gives every jar
 * the same time, so it would run old classes from the cache of an earlier build. A cache that is
 * missing or does not fit is not an error; the program then starts as without.
 *
 * @param file where the cache is or would be
 */
public record AotCache(Path file) {

  /** System property: the folder for the caches of this build. */
  static final String FOLDER = "millrace.cache";

  /** The cache of the broker; empty when the program was not started by its launcher. */
  static Optional<AotCache> ofBroker() {
    return named("broker.aot");
  }

  /** The cache of this program; the launcher uses it by the same name. */
  public static Optional<AotCache> ofApplication() {
    return named("millrace.aot");
  }

  private static Optional<AotCache> named(String name) {
    return Optional.ofNullable(System.getProperty(FOLDER))
        .map(folder -> new AotCache(Path.of(folder, name)));
  }

  boolean exists() {
    return Files.isRegularFile(file);
  }

  /** The flags that use the cache; none when it is missing. */
  public List<String> useFlags() {
    return exists() ? List.of("-XX:AOTCache=" + file) : List.of();
  }

  /** The flags that write the cache when the JVM ends, first under another name. */
  List<String> makeFlags() {
    return List.of("-XX:AOTCacheOutput=" + draft());
  }

  /** Makes the folder for the cache. */
  void prepare() throws IOException {
    Path folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
  }

  /** Gives the written cache its name. */
  void complete() throws IOException {
    Files.move(draft(), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private Path draft() {
    return file.resolveSibling(file.getFileName() + ".draft");
  }
}
