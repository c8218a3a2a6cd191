package io.millrace.testing.cases;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A page in Markdown of which the fenced blocks are a test: {@code sql} defines a view or asks,
 * {@code json} has events, and after a query a table says what is answered. All other text is for
 * people.
 */
record CaseFile(Path path, List<String> lines, List<CaseStep> steps) {
  private static final String FENCE = "```";

  static CaseFile read(Path path) {
    try {
      List<String> lines = Files.readAllLines(path);
      return new CaseFile(path, lines, steps(path, lines));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static List<CaseStep> steps(Path path, List<String> lines) {
    List<CaseStep> steps = new ArrayList<>();
    for (int at = 0; at < lines.size(); at++) {
      if (lines.get(at).startsWith(FENCE)) {
        int end = endOfBlock(path, lines, at);
        step(path, lines, at, end).ifPresent(steps::add);
        at = end;
      }
    }
    return steps;
  }

  private static int endOfBlock(Path path, List<String> lines, int from) {
    for (int at = from + 1; at < lines.size(); at++) {
      if (lines.get(at).equals(FENCE)) {
        return at;
      }
    }
    throw new IllegalArgumentException(path + ":" + (from + 1) + ": the block has no end");
  }

  private static Optional<CaseStep> step(Path path, List<String> lines, int from, int end) {
    List<String> content = List.copyOf(lines.subList(from + 1, end));
    String text = String.join("\n", content);
    return switch (lines.get(from).substring(FENCE.length()).strip()) {
      case "sql" ->
          Optional.of(
              isDefinition(text) ? new CaseStep.Define(from, text) : ask(lines, from, end, text));
      case "json" -> Optional.of(new CaseStep.Send(from, content));
      case "" -> Optional.empty();
      default ->
          throw new IllegalArgumentException(
              path + ":" + (from + 1) + ": expected a block of sql or json");
    };
  }

  /** What begins with CREATE, after comments. */
  private static boolean isDefinition(String text) {
    return text.lines()
        .filter(line -> !line.isBlank() && !line.startsWith("--"))
        .findFirst()
        .map(line -> line.toUpperCase(Locale.ROOT).startsWith("CREATE "))
        .orElse(false);
  }

  private static CaseStep ask(List<String> lines, int from, int end, String query) {
    int table = end + 1;
    while (table < lines.size() && lines.get(table).isBlank()) {
      table++;
    }
    int behind = table;
    while (behind < lines.size() && lines.get(behind).startsWith("|")) {
      behind++;
    }
    return behind == table
        ? new CaseStep.Ask(from, query, end + 1, List.of())
        : new CaseStep.Ask(from, query, table, List.copyOf(lines.subList(table, behind)));
  }

  /** The statement of each view that the file defines. */
  List<String> definitions() {
    return steps.stream()
        .filter(CaseStep.Define.class::isInstance)
        .map(step -> ((CaseStep.Define) step).statement())
        .toList();
  }

  /**
   * The same file with other tables.
   *
   * @param tables as many as there are queries
   */
  String withTables(List<List<String>> tables) {
    var text = new StringBuilder();
    int copied = 0;
    int next = 0;
    for (CaseStep step : steps) {
      if (step instanceof CaseStep.Ask ask) {
        append(lines.subList(copied, ask.tableFrom()), text);
        if (ask.table().isEmpty()) {
          text.append('\n');
        }
        append(tables.get(next), text);
        copied = ask.tableFrom() + ask.table().size();
        next++;
      }
    }
    append(lines.subList(copied, lines.size()), text);
    return text.toString();
  }

  private static void append(List<String> lines, StringBuilder text) {
    lines.forEach(line -> text.append(line).append('\n'));
  }
}
