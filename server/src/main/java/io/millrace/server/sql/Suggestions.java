package io.millrace.server.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a word that is being typed may become: a keyword, a view, a column of the views that the
 * statement names, or a command of the shell. Pure.
 */
final class Suggestions {
  private static final List<String> KEYWORDS =
      List.of(
          "ALL",
          "AND",
          "AS",
          "ASC",
          "AVG",
          "BETWEEN",
          "BY",
          "CASE",
          "CAST",
          "COUNT",
          "CREATE",
          "CURRENT_TIMESTAMP",
          "DAY",
          "DESC",
          "DESCRIBE",
          "DESCRIPTOR",
          "DISTINCT",
          "DROP",
          "ELSE",
          "EMIT CHANGES",
          "END",
          "EXISTS",
          "EXPLAIN",
          "FILTER",
          "FLOOR",
          "FROM",
          "GROUP BY",
          "HAVING",
          "HOP",
          "HOUR",
          "IN",
          "INNER JOIN",
          "INTERVAL",
          "IS",
          "JOIN",
          "LEFT JOIN",
          "LIKE",
          "LIMIT",
          "MATERIALIZED VIEW",
          "MAX",
          "MERGE",
          "MIN",
          "MINUTE",
          "NOT",
          "NULL",
          "OFFSET",
          "ON",
          "OR",
          "ORDER BY",
          "OVER",
          "PARTITION BY",
          "REPLACE",
          "SELECT",
          "SHOW",
          "SUM",
          "TABLE",
          "THEN",
          "TIMESTAMP",
          "TO",
          "TUMBLE",
          "UNION",
          "WHEN",
          "WHERE",
          "WITH");

  /** After these comes the name of a view. */
  private static final Set<String> BEFORE_VIEWS =
      Set.of("FROM", "JOIN", "DESCRIBE", "VIEW", "TABLE");

  private static final Pattern NOT_OF_A_WORD = Pattern.compile("[^\\p{L}\\p{N}_]+");
  private static final List<String> SOURCES = List.of("clicks", "events", "rejected", "sessions");

  /**
   * A way to go on.
   *
   * @param isWhole whether a blank may follow
   */
  record Suggestion(String text, String group, boolean isWhole) {}

  private Suggestions() {}

  /** The ways to go on with what stands before the cursor. */
  static List<Suggestion> of(String text, int cursor, List<ViewTable> views) {
    String before = text.substring(0, cursor);
    String word = before.substring(wordStart(text, cursor));
    if (before.stripLeading().startsWith("\\")) {
      return startingWith(word, commands(before, views));
    }
    var splitter = new StatementSplitter();
    splitter.add(before);
    if (!splitter.isInCode()) {
      return List.of();
    }
    String statement = splitter.rest().map(Statement::text).orElse("");
    List<String> words = wordsOf(before.substring(0, before.length() - word.length()));
    String last = words.isEmpty() ? "" : words.getLast().toUpperCase(Locale.ROOT);
    if (BEFORE_VIEWS.contains(last)) {
      return startingWith(word, tables(statement, views));
    }
    boolean isOfAlias = before.substring(0, before.length() - word.length()).endsWith(".");
    return startingWith(
        word, Stream.concat(columns(text, views), isOfAlias ? Stream.empty() : keywords(word)));
  }

  /** Where the word before the cursor begins. */
  static int wordStart(String text, int cursor) {
    int start = cursor;
    while (start > 0 && isOfWord(text.charAt(start - 1))) {
      start--;
    }
    return start > 0 && text.charAt(start - 1) == '\\' ? start - 1 : start;
  }

  private static boolean isOfWord(char each) {
    return Character.isLetterOrDigit(each) || each == '_';
  }

  private static Stream<Suggestion> commands(String before, List<ViewTable> views) {
    return before.stripLeading().startsWith("\\d ")
        ? views.stream().map(view -> new Suggestion(view.name(), "views", false))
        : ShellCommand.NAMES.stream().map(name -> new Suggestion(name, "commands", true));
  }

  private static Stream<Suggestion> tables(String statement, List<ViewTable> views) {
    var names = new TreeSet<String>();
    views.forEach(view -> names.add(view.name()));
    if (statement.toUpperCase(Locale.ROOT).startsWith("CREATE")) {
      names.addAll(SOURCES);
    }
    return names.stream().map(name -> new Suggestion(name, "views", false));
  }

  /** Those of the views that the statement names, before the cursor or after it; else all. */
  private static Stream<Suggestion> columns(String text, List<ViewTable> views) {
    Set<String> words = Set.copyOf(wordsOf(text));
    List<ViewTable> named = views.stream().filter(view -> words.contains(view.name())).toList();
    return (named.isEmpty() ? views : named)
        .stream()
            .flatMap(view -> view.columns().stream())
            .map(Column::name)
            .distinct()
            .map(name -> new Suggestion(name, "columns", false));
  }

  /** In the case in which the word is typed. */
  private static Stream<Suggestion> keywords(String word) {
    boolean isLower = !word.isEmpty() && word.equals(word.toLowerCase(Locale.ROOT));
    return KEYWORDS.stream()
        .map(keyword -> isLower ? keyword.toLowerCase(Locale.ROOT) : keyword)
        .map(keyword -> new Suggestion(keyword, "keywords", true));
  }

  private static List<Suggestion> startingWith(String word, Stream<Suggestion> all) {
    return all.filter(each -> each.text().regionMatches(true, 0, word, 0, word.length()))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static List<String> wordsOf(String text) {
    return NOT_OF_A_WORD.splitAsStream(text).filter(word -> !word.isEmpty()).toList();
  }
}
