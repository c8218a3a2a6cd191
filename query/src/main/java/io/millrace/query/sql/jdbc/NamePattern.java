package io.millrace.query.sql.jdbc;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of names as JDBC has it: {@code %} for any characters, {@code _} for one, {@code \} to
 * take the next as it is. Names do not tell upper from lower case.
 */
final class NamePattern {
  private static final char ESCAPE = '\\';

  private final String pattern;

  /** A pattern; none stands for every name. */
  NamePattern(@Nullable String pattern) {
    this.pattern = pattern == null ? "%" : pattern.toLowerCase(Locale.ROOT);
  }

  /** Takes time in proportion to both lengths, whatever the pattern. */
  boolean matches(String name) {
    String text = name.toLowerCase(Locale.ROOT);
    // Whether the pattern so far matches the first characters of the text, for each number of them.
    var matches = new boolean[text.length() + 1];
    matches[0] = true;
    for (int at = 0; at < pattern.length(); at++) {
      char wanted = pattern.charAt(at);
      boolean isEscape = wanted == ESCAPE && at + 1 < pattern.length();
      if (isEscape) {
        at++;
        wanted = pattern.charAt(at);
      }
      if (wanted == '%' && !isEscape) {
        for (int i = 1; i <= text.length(); i++) {
          matches[i] |= matches[i - 1];
        }
      } else {
        for (int i = text.length(); i > 0; i--) {
          boolean isSame = (wanted == '_' && !isEscape) || text.charAt(i - 1) == wanted;
          matches[i] = matches[i - 1] && isSame;
        }
        matches[0] = false;
      }
    }
    return matches[text.length()];
  }
}
