package io.millrace.views.sql.language;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Numbers that are short enough to compute with. Eleven characters can be a number of a milliard of
 * digits: {@link BigDecimal} reads it at once, and whoever then rounds it, adds to it or writes it
 * out takes hours, which nothing can stop. Public for the code that Calcite generates.
 */
public final class BoundedNumbers {

  /** Longer texts are no numbers: reading the digits takes time that grows faster than they. */
  private static final int MOST_CHARACTERS = 100;

  /** Decimal exponents beyond this are rounded to nothing, or too large, whatever the digits. */
  private static final int MOST_PLACES = 400;

  private BoundedNumbers() {}

  /** Whether a number has so few digits before and after the point that it can be written out. */
  public static boolean isBounded(BigDecimal number) {
    return Math.abs((long) number.precision() - number.scale()) <= MOST_PLACES
        && Math.abs((long) number.scale()) <= MOST_PLACES;
  }

  /**
   * The number that a text is.
   *
   * @throws NumberFormatException for what is no number, or too long a one
   */
  public static BigDecimal parse(String text) {
    String stripped = text.strip();
    if (stripped.length() <= MOST_CHARACTERS) {
      BigDecimal number = new BigDecimal(stripped);
      if (isBounded(number)) {
        return number;
      }
    }
    throw new NumberFormatException(
        "a number has at most "
            + MOST_CHARACTERS
            + " characters, and "
            + MOST_PLACES
            + " digits before and after the point");
  }

  /**
   * A text that is to be cast to a number, unless that would be too long a one.
   *
   * @throws NumberFormatException for too long a one; most of what is no number is left to the cast
   */
  public static @Nullable String text(@Nullable String text) {
    if (text != null && text.strip().length() > MOST_CHARACTERS) {
      throw new NumberFormatException("a number has at most " + MOST_CHARACTERS + " characters");
    }
    if (text != null && mayHaveExponent(text)) {
      var _ = parse(text);
    }
    return text;
  }

  /** The same for a cast that gives NULL where there is no number. */
  public static @Nullable String textOrNull(@Nullable String text) {
    try {
      return text(text);
    } catch (NumberFormatException noNumber) {
      return null;
    }
  }

  /** Whatever has none is as long as it is written; and most of what is cast has none. */
  private static boolean mayHaveExponent(String text) {
    return text.indexOf('e') >= 0 || text.indexOf('E') >= 0;
  }

  /** What was computed of bounded numbers, if it is one itself. */
  public static @Nullable BigDecimal result(@Nullable BigDecimal number) {
    if (number != null && !isBounded(number)) {
      throw UncomputableException.tooLarge(
          "a number of more than " + MOST_PLACES + " digits before or after the point is computed");
    }
    return number;
  }
}
