package io.millrace.server.sql;

import java.util.List;

/** What a person asks of the shell itself: a line that begins with a backslash. */
sealed interface ShellCommand {
  /** How they begin. */
  List<String> NAMES = List.of("\\?", "\\d", "\\q");

  String HELP =
      """
      SELECT path, SUM(events) AS events FROM pages WHERE site = 'demo' GROUP BY path;
                A statement ends with a semicolon and may have several lines.
      \\d        the views
      \\d NAME   the columns of a view
      \\?        this help
      \\q        leaves; so does Ctrl-D
      Tab       completes keywords, views and their columns
      Ctrl-C    stops the statement that runs, or clears what is typed
      Ctrl-R    finds a former statement; arrow up is the one before
      """;

  /** Leave. */
  record Quit() implements ShellCommand {}

  /** Show the help. */
  record Help() implements ShellCommand {}

  /** List the views. */
  record ListViews() implements ShellCommand {}

  /** Show the columns of a view. */
  record Describe(String view) implements ShellCommand {}

  /** Something the shell does not know. */
  record Unknown(String line) implements ShellCommand {}

  /** Whether a line is for the shell and not for the server. */
  static boolean isOne(String line) {
    return line.stripLeading().startsWith("\\");
  }

  /** A line that is one. */
  static ShellCommand of(String line) {
    String[] words = line.strip().replaceFirst(";$", "").strip().split("\\s+", -1);
    return switch (words[0]) {
      case "\\q" -> new Quit();
      case "\\?" -> new Help();
      case "\\d" -> words.length == 1 ? new ListViews() : new Describe(words[1]);
      default -> new Unknown(words[0]);
    };
  }
}
