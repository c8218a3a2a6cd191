package io.millrace.views.sql;

import io.millrace.views.sql.SqlException.Position;
import java.util.Locale;

/**
 * The words of a statement one after the other, as far as they are ours to read: what comes before
 * the query, which Calcite reads.
 */
final class Tokens {
  private final String text;
  private int position;
  private int end;

  Tokens(String text) {
    this.text = text;
    advance();
  }

  /** Whether the next word is this one, in any case; goes beyond it if so. */
  boolean skip(String word) {
    if (!next().equalsIgnoreCase(word)) {
      return false;
    }
    move();
    return true;
  }

  /** Whether the next word is this one, in any case. */
  boolean is(String word) {
    return next().equalsIgnoreCase(word);
  }

  /** That nothing follows but a semicolon. */
  void requireEnd() {
    if (!isAtEnd()) {
      throw unexpected("expected the end of the statement");
    }
  }

  void require(String word) {
    if (!skip(word)) {
      throw unexpected("expected " + word);
    }
  }

  /** A name, in lower case unless it is quoted. */
  String name() {
    String next = next();
    if (next.isEmpty()) {
      throw unexpected("expected a name");
    }
    char first = next.charAt(0);
    if (first == '"') {
      move();
      return next.substring(1, next.length() - 1).replace("\"\"", "\"");
    }
    if (!Character.isLetter(first) && first != '_') {
      throw unexpected("expected a name");
    }
    move();
    return next.toLowerCase(Locale.ROOT);
  }

  /** A text between single quotes. */
  String quoted() {
    String next = next();
    if (next.isEmpty() || next.charAt(0) != '\'') {
      throw unexpected("expected a text between single quotes");
    }
    move();
    return next.substring(1, next.length() - 1).replace("''", "'");
  }

  /** A whole number of at most nine digits. */
  int number() {
    String next = next();
    if (next.isEmpty() || next.length() > 9 || !next.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw unexpected("expected a whole number");
    }
    move();
    return Integer.parseInt(next);
  }

  /** What follows, with blanks for what came before, so that every place stays what it was. */
  String rest() {
    var rest = new StringBuilder(text.length());
    for (int i = 0; i < position; i++) {
      rest.append(text.charAt(i) == '\n' ? '\n' : ' ');
    }
    return rest.append(text, position, text.length()).toString();
  }

  boolean isAtEnd() {
    return next().isEmpty() || (next().equals(";") && restIsBlank(end));
  }

  SqlException unexpected(String expected) {
    String next = next();
    return new SqlException(
        position(), expected + (next.isEmpty() ? ", but the statement ends" : ", got " + next));
  }

  Position position() {
    return positionOf(text, position);
  }

  static Position positionOf(String text, int index) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < index; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return new Position(line, index - lineStart + 1);
  }

  private String next() {
    return text.substring(position, end);
  }

  private void move() {
    position = end;
    advance();
  }

  private boolean restIsBlank(int from) {
    return text.substring(from).isBlank();
  }

  private void advance() {
    position = afterBlanks(position);
    end = position;
    if (position == text.length()) {
      return;
    }
    char first = text.charAt(position);
    if (first == '\'' || first == '"') {
      end = afterQuotes(first);
    } else if (isPartOfWord(first)) {
      while (end < text.length() && isPartOfWord(text.charAt(end))) {
        end++;
      }
    } else {
      end++;
    }
  }

  private int afterBlanks(int from) {
    int at = from;
    while (at < text.length()) {
      if (Character.isWhitespace(text.charAt(at))) {
        at++;
      } else if (text.startsWith("--", at)) {
        at = lineEnd(at);
      } else if (text.startsWith("/*", at)) {
        int commentEnd = text.indexOf("*/", at + 2);
        if (commentEnd < 0) {
          throw new SqlException(positionOf(text, at), "this comment does not end; add */");
        }
        at = commentEnd + 2;
      } else {
        return at;
      }
    }
    return at;
  }

  private int lineEnd(int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
      at++;
    }
    return at;
  }

  private int afterQuotes(char quote) {
    int at = position + 1;
    while (at < text.length()) {
      if (text.charAt(at) != quote) {
        at++;
      } else if (at + 1 < text.length() && text.charAt(at + 1) == quote) {
        at += 2;
      } else {
        return at + 1;
      }
    }
    throw new SqlException(position(), "the text that begins here does not end; add " + quote);
  }

  private static boolean isPartOfWord(char part) {
    return Character.isLetterOrDigit(part) || part == '_';
  }
}
