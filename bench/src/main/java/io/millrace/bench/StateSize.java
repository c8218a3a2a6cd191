package io.millrace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How much state lies in a data folder of a stopped program, in bytes of files.
 *
 * @param folder with the stores
 * @param stores of RocksDB, with all they keep for themselves
 * @param changelogs segments of the topics that the stores can be made again from, compressed as
 *     they are
 */
record StateSize(Path folder, long stores, long changelogs) {
  private static final double GIGABYTE = 1e9;
  private static final Pattern CHANGELOG_SEGMENT = Pattern.compile("-changelog-\\d+/\\d+\\.log$");

  static StateSize of(Path data) throws IOException {
    Path stores = data.resolve("state");
    return new StateSize(
        stores,
        size(stores, file -> true),
        size(data.resolve("kafka"), file -> CHANGELOG_SEGMENT.matcher(file.toString()).find()));
  }

  private static long size(Path folder, Predicate<Path> counts) throws IOException {
    long size = 0;
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).filter(counts).toList()) {
        size += Files.size(file);
      }
    }
    return size;
  }

  /** As if their disk were lost. */
  void deleteStores() throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(folder)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : deepestFirst) {
      Files.delete(each);
    }
  }

  /** What a GB (a thousand million bytes) takes if so many bytes took so long. */
  static String secondsPerGigabyte(Duration duration, long bytes) {
    if (bytes == 0 || duration.isNegative()) {
      return "–";
    }
    return String.format(Locale.ROOT, "%.0f s", duration.toNanos() / 1e9 * GIGABYTE / bytes);
  }
}
