package io.millrace.query.sql;

import io.millrace.query.error.Position;
import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The text of one query, looked over before the parser sees it. The parser goes as deep as the text
 * does, so what is too deep or too long is refused here.
 *
 * @param original as it was sent, without a last semicolon
 * @param parsable the same with every token in the same place, but {@code MERGE} as {@link #MERGE}:
 *     standard SQL reserves the word for a statement
 * @param literals the texts in single quotes, in order
 * @param parameters where the question marks are, which stand for values given beside the text
 */
record SqlText(String original, String parsable, List<Literal> literals, List<Integer> parameters) {

  /** What the function MERGE is called where the parser sees it; as long as the word. */
  static final String MERGE = "MERG_";

  static final int LONGEST_BYTES = 64 * 1024;
  static final int MOST_TOKENS = 2_000;
  static final int DEEPEST = 60;

  /** Stands for a literal where only the shape of a query matters; no text of a query has it. */
  private static final char ANY_LITERAL = '\uFFFF';

  SqlText {
    literals = List.copyOf(literals);
    parameters = List.copyOf(parameters);
  }

  /**
   * A text in single quotes.
   *
   * @param from where its first quote is
   * @param to behind its last quote
   */
  record Literal(int from, int to, String value) {}

  /**
   * Requires as many values as there are question marks.
   *
   * @throws QueryException where there are too few or too many
   */
  void requireParameters(int given) {
    if (given != parameters.size()) {
      throw refused(
          original,
          given < parameters.size() ? parameters.get(given) : original.length(),
          given == 0
              ? "there is no value given; write the value in place of ?"
              : "the query has "
                  + parameters.size()
                  + " parameters, and "
                  + given
                  + " values were given");
    }
  }

  /** The query without what its literals say: alike for queries that differ in these alone. */
  String shape() {
    var shape = new StringBuilder(original.length());
    int end = 0;
    for (Literal literal : literals) {
      shape.append(original, end, literal.from()).append(ANY_LITERAL);
      end = literal.to();
    }
    return shape.append(original, end, original.length()).toString();
  }

  /**
   * Looks a query over.
   *
   * @throws QueryException for one that is too long or too deep, or more than one
   */
  static SqlText of(String sql) {
    int excess = firstBeyond(sql);
    if (excess < sql.length()) {
      throw refused(sql, excess, "a query has at most " + LONGEST_BYTES + " bytes");
    }
    return new Scan(sql).text();
  }

  /** The first character beyond the longest text. */
  private static int firstBeyond(String sql) {
    if (sql.length() * 3L <= LONGEST_BYTES) {
      return sql.length();
    }
    byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
    return bytes.length <= LONGEST_BYTES
        ? sql.length()
        : Math.min(
            sql.length() - 1, new String(bytes, 0, LONGEST_BYTES, StandardCharsets.UTF_8).length());
  }

  /** A message of the parser as whoever wrote the query would say it. */
  static String inWordsOfTheQuery(String message) {
    return message.replace(MERGE, "MERGE");
  }

  private static QueryException refused(String sql, int index, String message) {
    return new QueryException(
        QueryErrorCode.INVALID_SQL, Position.of(sql, Math.min(index, sql.length())), message);
  }

  /** One pass over the text. */
  private static final class Scan {
    private final String sql;
    private final StringBuilder parsable;
    private int at;
    private int tokens;
    private int depth;
    private int end = -1;
    private final List<Literal> literals = new ArrayList<>();
    private final List<Integer> parameters = new ArrayList<>();

    Scan(String sql) {
      this.sql = sql;
      parsable = new StringBuilder(sql);
    }

    SqlText text() {
      while (at < sql.length()) {
        next();
      }
      if (tokens == 0) {
        throw refused(sql, 0, "there is no query; write one such as SELECT * FROM traffic");
      }
      int length = end < 0 ? sql.length() : end;
      parsable.setLength(length);
      return new SqlText(sql.substring(0, length), parsable.toString(), literals, parameters);
    }

    private void next() {
      char character = sql.charAt(at);
      if (Character.isWhitespace(character)) {
        at++;
      } else if (isNext("--") || isNext("//")) {
        skipLine();
      } else if (isNext("/*")) {
        skipComment();
      } else {
        countToken();
        token(character);
      }
    }

    private void countToken() {
      if (end >= 0) {
        throw refused(sql, at, "one query at a time: nothing may follow the semicolon");
      }
      tokens++;
      if (tokens > MOST_TOKENS) {
        throw refused(sql, at, "a query has at most " + MOST_TOKENS + " words and signs");
      }
    }

    private void token(char character) {
      if (character == '\'' || character == '"') {
        skipQuoted(character);
      } else if (Character.isJavaIdentifierStart(character)) {
        word();
      } else {
        sign(character);
        at++;
      }
    }

    private void sign(char character) {
      switch (character) {
        case '(', '[', '{' -> {
          depth++;
          if (depth > DEEPEST) {
            throw refused(sql, at, "brackets are nested more than " + DEEPEST + " deep");
          }
        }
        case ')', ']', '}' -> depth--;
        case ';' -> end = at;
        case '?' -> parameters.add(at);
        case ANY_LITERAL -> throw refused(sql, at, "this character is not allowed here");
        default -> {
          // The parser knows what it is.
        }
      }
    }

    private void word() {
      int start = at;
      while (at < sql.length() && Character.isJavaIdentifierPart(sql.charAt(at))) {
        at++;
      }
      if (sql.substring(start, at).equalsIgnoreCase("MERGE") && isBracketNext()) {
        parsable.replace(start, at, MERGE);
      }
    }

    private boolean isBracketNext() {
      int next = at;
      while (next < sql.length() && Character.isWhitespace(sql.charAt(next))) {
        next++;
      }
      return sql.startsWith("(", next);
    }

    private void skipQuoted(char quote) {
      int close = sql.indexOf(quote, at + 1);
      if (close < 0) {
        throw refused(sql, at, "the quote that begins here is not closed");
      }
      // A doubled quote is one within; what follows it is read as another quoted part.
      if (quote == '\'') {
        addLiteral(at, close + 1);
      }
      at = close + 1;
    }

    private void addLiteral(int from, int to) {
      boolean isMore = !literals.isEmpty() && literals.getLast().to() == from;
      int first = isMore ? literals.removeLast().from() : from;
      literals.add(new Literal(first, to, sql.substring(first + 1, to - 1).replace("''", "'")));
    }

    private void skipComment() {
      if (isNext("/*+")) {
        throw refused(sql, at, "there are no hints; leave out what is between /*+ and */");
      }
      int close = sql.indexOf("*/", at + 2);
      if (close < 0) {
        throw refused(sql, at, "the comment that begins here is not closed");
      }
      at = close + 2;
    }

    private boolean isNext(String start) {
      return sql.startsWith(start, at);
    }

    /** To where the parser sees the end of a line. */
    private void skipLine() {
      while (at < sql.length() && sql.charAt(at) != '\n' && sql.charAt(at) != '\r') {
        at++;
      }
    }
  }
}
