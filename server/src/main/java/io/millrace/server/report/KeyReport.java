package io.millrace.server.report;

import io.millrace.model.control.Permission;
import io.millrace.model.control.WriteKey;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All write keys as a table, by the beginnings of their hashes, which nobody can write with. */
public record KeyReport(SortedMap<String, WriteKey> keys) {
  /** So many digits of a hash are enough to tell keys apart. */
  public static final int SHOWN = 12;

  public KeyReport {
    keys = new TreeMap<>(keys);
  }

  public String render() {
    var text = new StringBuilder("  hash          site, permissions, origins\n");
    keys.forEach(
        (hash, key) ->
            text.append(
                "  %-12s  %s, %s, %s%n"
                    .formatted(
                        hash.substring(0, SHOWN),
                        key.site().value(),
                        permissions(key),
                        origins(key))));
    return text.toString();
  }

  private static String permissions(WriteKey key) {
    return key.permissions().isEmpty()
        ? "write alone"
        : key.permissions().stream()
            .map(KeyReport::label)
            .sorted()
            .collect(Collectors.joining(" "));
  }

  /** As it is given on the command line. */
  public static String label(Permission permission) {
    return permission.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String origins(WriteKey key) {
    return key.origins().isEmpty()
        ? "all origins"
        : key.origins().stream().sorted().collect(Collectors.joining(" "));
  }
}
