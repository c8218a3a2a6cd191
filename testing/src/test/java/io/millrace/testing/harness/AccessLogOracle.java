package io.millrace.testing.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/**
 * What the example log holds, found out with no code of the program: words between blanks, as in
 * {@code awk '{print $7}' | cut -d'?' -f1 | sort | uniq -c}.
 */
public final class AccessLogOracle {
  /** The one line of the log that is no log line: it was cut off in its user agent. */
  public static final long MALFORMED_LINE = 8_899;

  private static final Path LOG = Path.of("../examples/access-2015-05.log.gz");

  private final List<String> lines;

  private AccessLogOracle(List<String> lines) {
    this.lines = List.copyOf(lines);
  }

  /** The log itself. */
  public static Path file() {
    return LOG.toAbsolutePath().normalize();
  }

  /** Reads the example log. */
  public static AccessLogOracle ofExample() {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(LOG))) {
      String text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
      List<String> lines = new ArrayList<>(List.of(text.split("\n")));
      lines.remove((int) MALFORMED_LINE - 1);
      return new AccessLogOracle(lines);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** How many requests it holds. */
  public long requests() {
    return lines.size();
  }

  /** How often each path was asked for, whatever came of it. */
  public Map<String, Long> requestsByPath() {
    return count(line -> cutAt('?', words(line)[6]));
  }

  /** How many requests there were on each day, such as {@code 2015-05-17}. */
  public Map<String, Long> requestsByDay() {
    return count(line -> "2015-05-" + words(line)[3].substring(1, 3));
  }

  private Map<String, Long> count(Function<String, String> property) {
    return lines.stream()
        .collect(Collectors.groupingBy(property, TreeMap::new, Collectors.counting()));
  }

  private static String[] words(String line) {
    return line.split(" +", 9);
  }

  private static String cutAt(char end, String word) {
    int at = word.indexOf(end);
    return at < 0 ? word : word.substring(0, at);
  }
}
