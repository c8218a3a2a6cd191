package io.millrace.streams.enrich;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A table shipped with this package: a row a line, columns between tabs, comments after #. */
final class TableFile {
  private TableFile() {}

  /**
   * The rows of a table.
   *
   * @throws IllegalArgumentException if a row has another number of columns
   */
  static List<List<String>> rows(String name, int columns) {
    try (InputStream in = Resource.open(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> row(name, line, columns))
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(name + " cannot be read", unreadable);
    }
  }

  private static List<String> row(String name, String line, int columns) {
    List<String> row = List.of(line.split("\t", -1));
    if (row.size() != columns) {
      throw new IllegalArgumentException(
          name + ": expected " + columns + " columns, got \"" + line + "\"");
    }
    return row;
  }
}
