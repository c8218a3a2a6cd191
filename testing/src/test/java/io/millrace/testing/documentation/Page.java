package io.millrace.testing.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page of the documentation, as far as tests look at it: its tables and its blocks of code. Pure.
 *
 * @param path for messages
 */
record Page(Path path, String text) {
  private static final Path DOCUMENTATION =
      Path.of(System.getProperty("basedir", "."), "..", "docs").normalize();

  /** All pages of a folder below {@code docs}, by name. */
  static List<Page> readAll(String folder) {
    try (Stream<Path> files = Files.list(DOCUMENTATION.resolve(folder))) {
      return files
          .map(file -> folder + "/" + file.getFileName())
          .filter(file -> file.endsWith(".md"))
          .sorted()
          .map(Page::read)
          .toList();
    } catch (IOException missing) {
      throw new UncheckedIOException("cannot list the pages of " + folder, missing);
    }
  }

  /** Reads a page below the folder {@code docs}. */
  static Page read(String path) {
    Path file = DOCUMENTATION.resolve(path);
    try {
      return new Page(file, Files.readString(file));
    } catch (IOException missing) {
      throw new UncheckedIOException("cannot read the page " + file, missing);
    }
  }

  /**
   * The rows of the one table with this header, each with its cells, without the marks of code.
   *
   * @param header the names of all columns
   */
  List<List<String>> table(String... header) {
    List<List<String>> found = new ArrayList<>();
    int tables = 0;
    boolean inside = false;
    for (String line : text.lines().toList()) {
      if (inside && line.startsWith("|") && !line.startsWith("|---")) {
        found.add(cells(line));
      } else if (cells(line).equals(List.of(header))) {
        tables++;
        inside = true;
      } else if (!line.startsWith("|")) {
        inside = false;
      }
    }
    if (tables != 1) {
      throw new AssertionError(
          path + ": expected one table with the header " + List.of(header) + ", got " + tables);
    }
    return found;
  }

  /** Two columns of a table as a map. */
  Map<String, String> columns(int key, int value, String... header) {
    return table(header).stream()
        .collect(Collectors.toMap(row -> row.get(key), row -> row.get(value)));
  }

  /** One column of a table. */
  List<String> column(int index, String... header) {
    return table(header).stream().map(row -> row.get(index)).toList();
  }

  /** The blocks with this mark, such as {@code text}, in their order. */
  List<String> blocks(String mark) {
    return Pattern.compile("(?ms)^ *```" + Pattern.quote(mark) + "\n(.*?)^ *```$")
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  private static List<String> cells(String line) {
    Matcher row = Pattern.compile("\\|(.*)\\|").matcher(line.strip());
    return row.matches()
        ? Arrays.stream(row.group(1).split("\\|", -1))
            .map(cell -> cell.strip().replace("`", ""))
            .toList()
        : List.of();
  }
}
