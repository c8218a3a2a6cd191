package io.millrace.views.sql.language;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Functions of texts that take the place of Calcite's own, which a short query could make run for
 * hours or fill the memory with. Public for the code that Calcite generates.
 */
public final class BoundedText {

  /** So long may a text become that is put together. */
  static final int LONGEST = 64 * 1024;

  private BoundedText() {}

  /** {@code ||}. */
  public static @Nullable String concat(@Nullable String one, @Nullable String other) {
    if (one == null || other == null) {
      return null;
    }
    if (one.length() + other.length() > LONGEST) {
      throw tooLong();
    }
    return one + other;
  }

  /** {@code REPLACE(text, part, with)}: nothing is a part of any text. */
  public static @Nullable String replace(
      @Nullable String text, @Nullable String part, @Nullable String with) {
    if (text == null || part == null || with == null) {
      return null;
    }
    if (part.isEmpty()) {
      return text;
    }
    var replaced = new StringBuilder();
    int at = 0;
    for (int found = text.indexOf(part); found >= 0; found = text.indexOf(part, at)) {
      replaced.append(text, at, found).append(with);
      at = found + part.length();
      if (replaced.length() > LONGEST) {
        throw tooLong();
      }
    }
    return replaced.append(text, at, text.length()).toString();
  }

  /** The part of a number, from 1, of what stands between separators; empty where there is none. */
  public static @Nullable String splitPart(
      @Nullable String text, @Nullable String separator, @Nullable Integer number) {
    if (text == null || separator == null || number == null) {
      return null;
    }
    if (number < 1) {
      throw UncomputableException.malformed("the parts of SPLIT_PART count from 1, got " + number);
    }
    if (separator.isEmpty()) {
      return number == 1 ? text : "";
    }
    int start = 0;
    for (int part = 1; part < number; part++) {
      int end = text.indexOf(separator, start);
      if (end < 0) {
        return "";
      }
      start = end + separator.length();
    }
    int end = text.indexOf(separator, start);
    return text.substring(start, end < 0 ? text.length() : end);
  }

  private static UncomputableException tooLong() {
    return UncomputableException.tooLarge(
        "a text of more than " + LONGEST + " characters is put together");
  }

  /** {@code LIKE} without an escape. */
  public static @Nullable Boolean like(@Nullable String text, @Nullable String pattern) {
    return like(text, pattern, "");
  }

  /** {@code LIKE … ESCAPE}. */
  public static @Nullable Boolean like(
      @Nullable String text, @Nullable String pattern, @Nullable String escape) {
    if (text == null || pattern == null || escape == null) {
      return null;
    }
    return new LikePattern(pattern, escape).matches(text);
  }

  /** {@code ILIKE}, which does not tell upper from lower case. */
  public static @Nullable Boolean ilike(@Nullable String text, @Nullable String pattern) {
    return ilike(text, pattern, "");
  }

  /** {@code ILIKE … ESCAPE}. */
  public static @Nullable Boolean ilike(
      @Nullable String text, @Nullable String pattern, @Nullable String escape) {
    if (text == null || pattern == null || escape == null) {
      return null;
    }
    return like(
        text.toLowerCase(Locale.ROOT),
        pattern.toLowerCase(Locale.ROOT),
        escape.toLowerCase(Locale.ROOT));
  }
}
