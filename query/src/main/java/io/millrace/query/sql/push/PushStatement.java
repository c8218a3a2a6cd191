package io.millrace.query.sql.push;

import io.millrace.query.error.Position;
import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A statement that ends with {@code EMIT CHANGES [LIMIT n]}.
 *
 * @param select what comes before, in the same place
 * @param source what the first FROM names, in lower case; empty where that is no name
 * @param limit after so many rows the stream ends
 */
public record PushStatement(String select, String source, OptionalLong limit) {
  private static final String CLICKS = "clicks";
  private static final Set<String> NOT_FOLLOWED = Set.of("events", "rejected", "sessions");

  /** Beyond it a limit is none. */
  private static final int MOST_DIGITS = 18;

  /**
   * The statement, if it asks for changes; empty for any other, also for one that is no SQL.
   *
   * @throws QueryException for one that asks for changes where they cannot be asked for
   */
  public static Optional<PushStatement> of(String sql) {
    List<Word> words = Word.allOf(sql);
    int from = indexOfFrom(words);
    for (int i = Math.max(0, from + 1); from >= 0 && i + 1 < words.size(); i++) {
      if (words.get(i).is("EMIT") && words.get(i + 1).is("CHANGES")) {
        return Optional.of(of(sql, words, from, i));
      }
    }
    return Optional.empty();
  }

  /** Before it, both could be a column and its name. */
  private static int indexOfFrom(List<Word> words) {
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).is("FROM")) {
        return i;
      }
    }
    return -1;
  }

  private static PushStatement of(String sql, List<Word> words, int from, int emit) {
    Word first = words.get(emit);
    if (first.depth() > 0) {
      throw refused(sql, first, "EMIT CHANGES stands at the end of the statement, not in brackets");
    }
    if (words.getFirst().is("EXPLAIN")) {
      throw refused(sql, words.getFirst(), "EXPLAIN is for queries without EMIT CHANGES");
    }
    OptionalLong limit = limit(sql, words, emit + 2);
    String source = source(words, from);
    if (NOT_FOLLOWED.contains(source)) {
      throw refused(
          sql,
          words.get(from + 1),
          source + " cannot be followed; EMIT CHANGES is for views and for clicks");
    }
    var push = new PushStatement(sql.substring(0, first.start()), source, limit);
    if (!push.isOfClicks()) {
      requireBoundedOrder(sql, words.subList(0, emit));
    }
    return push;
  }

  private static OptionalLong limit(String sql, List<Word> words, int next) {
    int end = words.size() > next && words.getLast().is(";") ? words.size() - 1 : words.size();
    if (next == end) {
      return OptionalLong.empty();
    }
    if (!words.get(next).is("LIMIT")) {
      throw refused(sql, words.get(next), "only LIMIT and a number may follow EMIT CHANGES");
    }
    if (next + 1 == end || !words.get(next + 1).isNumber(MOST_DIGITS)) {
      throw refused(
          sql,
          words.get(Math.min(next + 1, end - 1)),
          "LIMIT is followed by a number of rows from 1 on");
    }
    if (next + 2 < end) {
      throw refused(sql, words.get(next + 2), "nothing may follow EMIT CHANGES LIMIT n");
    }
    return OptionalLong.of(Long.parseLong(words.get(next + 1).text()));
  }

  private static String source(List<Word> words, int from) {
    return from + 1 < words.size() ? words.get(from + 1).name() : "";
  }

  /** An order of changes is none; of the first so many, it tells which they are. */
  private static void requireBoundedOrder(String sql, List<Word> words) {
    int order = -1;
    boolean isBounded = false;
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      boolean isOuter = word.depth() == 0;
      if (isOuter && word.is("ORDER")) {
        order = i;
      }
      isBounded |= isOuter && (word.is("LIMIT") || word.is("FETCH"));
    }
    if (order >= 0 && !isBounded) {
      throw refused(
          sql,
          words.get(order),
          "changes have no order; ORDER BY … LIMIT n EMIT CHANGES follows the first n rows");
    }
  }

  /** Whether it is about clicks one by one, not about a view. */
  public boolean isOfClicks() {
    return source.equals(CLICKS);
  }

  private static QueryException refused(String sql, Word word, String message) {
    return new QueryException(QueryErrorCode.INVALID_SQL, Position.of(sql, word.start()), message);
  }
}
