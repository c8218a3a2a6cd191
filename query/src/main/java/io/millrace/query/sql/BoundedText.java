package io.millrace.query.sql;

import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
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
      throw new QueryException(
          QueryErrorCode.QUERY_TOO_LARGE,
          "a text of more than " + LONGEST + " characters is put together");
    }
    return one + other;
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
