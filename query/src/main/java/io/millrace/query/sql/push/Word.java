package io.millrace.query.sql.push;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A word or sign of a statement, or a quoted part. Comments are between words.
 *
 * @param start where it begins in the statement
 * @param depth how many brackets are open there
 */
record Word(String text, int start, int depth) {

  /**
   * All of a statement, up to where a quote or a comment does not end: that is another's to say.
   */
  static List<Word> allOf(String sql) {
    var words = new ArrayList<Word>();
    int depth = 0;
    int at = afterBlanks(sql, 0);
    while (at < sql.length()) {
      int end = end(sql, at);
      if (end < 0) {
        return words;
      }
      String text = sql.substring(at, end);
      words.add(new Word(text, at, depth));
      switch (text) {
        case "(", "[", "{" -> depth++;
        case ")", "]", "}" -> depth--;
        default -> {
          // Anything else stays where it is.
        }
      }
      at = afterBlanks(sql, end);
    }
    return words;
  }

  /** Whether it is this word, not quoted. */
  boolean is(String word) {
    return text.equalsIgnoreCase(word);
  }

  /** Whether it is a number from 1 on with at most so many digits. */
  boolean isNumber(int mostDigits) {
    return text.length() <= mostDigits
        && text.chars().allMatch(digit -> digit >= '0' && digit <= '9')
        && text.chars().anyMatch(digit -> digit > '0');
  }

  /** The name that it is, in lower case; empty where it is none. */
  String name() {
    String bare =
        text.startsWith("\"") && text.length() > 1 ? text.substring(1, text.length() - 1) : text;
    return !bare.isEmpty() && Character.isJavaIdentifierStart(bare.charAt(0))
        ? bare.toLowerCase(Locale.ROOT)
        : "";
  }

  private static int end(String sql, int start) {
    char first = sql.charAt(start);
    if (first == '\'' || first == '"') {
      int close = sql.indexOf(first, start + 1);
      return close < 0 ? -1 : close + 1;
    }
    int at = start + 1;
    while (Character.isJavaIdentifierPart(first)
        && at < sql.length()
        && Character.isJavaIdentifierPart(sql.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int afterBlanks(String sql, int from) {
    int at = from;
    while (at < sql.length()) {
      if (Character.isWhitespace(sql.charAt(at))) {
        at++;
      } else if (sql.startsWith("--", at) || sql.startsWith("//", at)) {
        at = lineEnd(sql, at);
      } else if (sql.startsWith("/*", at)) {
        int end = sql.indexOf("*/", at + 2);
        at = end < 0 ? sql.length() : end + 2;
      } else {
        return at;
      }
    }
    return at;
  }

  private static int lineEnd(String sql, int from) {
    int at = from;
    while (at < sql.length() && sql.charAt(at) != '\n' && sql.charAt(at) != '\r') {
      at++;
    }
    return at;
  }
}
