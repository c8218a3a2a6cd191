package io.millrace.views.table;

import io.millrace.model.codec.MalformedBytesException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * What the values of a column are.
 *
 * @param digits of a decimal, 1 to {@value #MOST_DIGITS}; 0 of any other
 * @param decimals how many of them are after the point
 */
public record ColumnType(Kind kind, int digits, int decimals) {
  public static final int MOST_DIGITS = 19;

  /** No number that anyone writes is longer, and what is has to be read first. */
  private static final int LONGEST_NUMBER = 100;

  /** The types there are; in rows a text, a long, a double, a decimal, a boolean, milliseconds. */
  public enum Kind {
    VARCHAR,
    BIGINT,
    DOUBLE,
    DECIMAL,
    BOOLEAN,
    TIMESTAMP
  }

  public ColumnType {
    boolean isDecimal = kind == Kind.DECIMAL;
    if (digits < (isDecimal ? 1 : 0) || digits > (isDecimal ? MOST_DIGITS : 0)) {
      throw new IllegalArgumentException(
          "digits: expected 1 to " + MOST_DIGITS + " of a decimal, got " + digits);
    }
    if (decimals < 0 || decimals > digits) {
      throw new IllegalArgumentException("decimals: expected 0 to " + digits + ", got " + decimals);
    }
  }

  /** A type that has no digits to tell of. */
  public static ColumnType of(Kind kind) {
    return new ColumnType(kind, 0, 0);
  }

  public static ColumnType decimal(int digits, int decimals) {
    return new ColumnType(Kind.DECIMAL, digits, decimals);
  }

  /**
   * A value that was read, as rows have it.
   *
   * @param read a text, a long, a double, a decimal, a boolean or an instant
   * @throws MalformedBytesException where it is none of this type; without the value, which is not
   *     for logs
   */
  Object value(Object read) {
    return switch (kind) {
      case VARCHAR -> text(read);
      case BIGINT -> whole(read);
      case DOUBLE -> number(read);
      case DECIMAL -> decimal(read);
      case BOOLEAN -> read instanceof Boolean truth ? truth : refuse();
      case TIMESTAMP -> millis(read);
    };
  }

  private Object text(Object read) {
    return read instanceof Double || read instanceof Instant ? refuse() : read.toString();
  }

  private Object whole(Object read) {
    return read instanceof Long number ? number : refuse();
  }

  private Object number(Object read) {
    double number =
        switch (read) {
          case Long whole -> whole.doubleValue();
          case Double known -> known;
          case BigDecimal decimal -> decimal.doubleValue();
          default -> Double.NaN;
        };
    return Double.isFinite(number) ? number : refuse();
  }

  private Object decimal(Object read) {
    BigDecimal number =
        switch (read) {
          case Long whole -> BigDecimal.valueOf(whole);
          case BigDecimal known -> known;
          case String text when text.length() <= LONGEST_NUMBER -> parsed(text);
          default -> throw new MalformedBytesException("not a " + this);
        };
    // Before it is scaled: a text of twelve characters can be a number of a billion digits.
    if ((long) number.precision() - number.scale() > digits - decimals
        || (long) number.scale() > LONGEST_NUMBER) {
      return number.signum() == 0 ? BigDecimal.ZERO.setScale(decimals) : refuse();
    }
    try {
      return number.setScale(decimals, RoundingMode.UNNECESSARY);
    } catch (ArithmeticException _) {
      throw new MalformedBytesException("more decimals than a " + this + " has");
    }
  }

  private BigDecimal parsed(String text) {
    try {
      return new BigDecimal(text.strip());
    } catch (NumberFormatException _) {
      throw new MalformedBytesException("not a " + this);
    }
  }

  private Object millis(Object read) {
    try {
      return switch (read) {
        case Long millis -> millis;
        case Instant time -> time.toEpochMilli();
        case String text -> OffsetDateTime.parse(text).toInstant().toEpochMilli();
        default -> refuse();
      };
    } catch (DateTimeException | ArithmeticException _) {
      throw new MalformedBytesException("not a " + this);
    }
  }

  private Object refuse() {
    throw new MalformedBytesException("not a " + this);
  }

  /** As it is written in a definition. */
  @Override
  public String toString() {
    return kind == Kind.DECIMAL ? "DECIMAL(" + digits + ", " + decimals + ")" : kind.name();
  }
}
