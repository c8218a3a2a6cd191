package io.millrace.query.sql;

import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import io.millrace.views.sql.language.BoundedNumbers;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/** The values of question marks as code computes with them. */
final class SqlParameters {
  private static final long NANOS_OF_MILLI = 1_000_000L;
  private static final int MOST_SHOWN = 100;

  private SqlParameters() {}

  /**
   * The value for one question mark.
   *
   * @param value null, a Boolean, a Number (of a date its days, of a time of day and a timestamp
   *     its milliseconds) or a text
   * @throws QueryException where it is no value of the type
   */
  static @Nullable Object internal(@Nullable Object value, CompiledQuery query, int index) {
    if (value == null) {
      return null;
    }
    RelDataType type = query.parameters().get(index);
    try {
      return of(value, type);
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException unfit) {
      throw new QueryException(
          QueryErrorCode.INVALID_SQL,
          "parameter "
              + (index + 1)
              + ": expected "
              + SqlValues.typeName(type)
              + ", got "
              + shown(value.toString()));
    }
  }

  private static String shown(String value) {
    return value.length() <= MOST_SHOWN ? value : value.substring(0, MOST_SHOWN) + "…";
  }

  private static Object of(Object value, RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case BOOLEAN -> truth(value);
      case TINYINT, SMALLINT, INTEGER -> number(value).intValueExact();
      case BIGINT -> number(value).longValueExact();
      case DECIMAL -> number(value);
      case REAL, FLOAT, DOUBLE -> number(value).doubleValue();
      case DATE ->
          value instanceof Number days
              ? days.intValue()
              : Math.toIntExact(LocalDate.parse(value.toString()).toEpochDay());
      case TIME ->
          value instanceof Number millis
              ? millis.intValue()
              : Math.toIntExact(LocalTime.parse(value.toString()).toNanoOfDay() / NANOS_OF_MILLI);
      case TIMESTAMP -> value instanceof Number millis ? millis.longValue() : millis(value);
      case CHAR, VARCHAR -> value.toString();
      default -> throw new IllegalArgumentException("no values of this type are taken");
    };
  }

  private static boolean truth(Object value) {
    if (value instanceof Boolean truth) {
      return truth;
    }
    throw new IllegalArgumentException("value: no truth value");
  }

  private static BigDecimal number(Object value) {
    if (!(value instanceof BigDecimal decimal)) {
      return BoundedNumbers.parse(value.toString());
    }
    if (!BoundedNumbers.isBounded(decimal)) {
      throw new IllegalArgumentException("value: too many digits");
    }
    return decimal;
  }

  private static long millis(Object value) {
    String text = value.toString().strip().replace(' ', 'T');
    return text.endsWith("Z")
        ? Instant.parse(text).toEpochMilli()
        : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC).toEpochMilli();
  }
}
