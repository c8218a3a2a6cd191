package io.millrace.query.answer;

import io.millrace.query.error.QueryException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A point in time as a query writes it: {@code 2026-11-01T10:00:00Z}, milliseconds since 1970, or
 * so long before now ({@code -30m}, {@code -24h}, {@code -7d}).
 */
final class TimeExpression {
  private static final Pattern RELATIVE = Pattern.compile("-(\\d{1,6})([smhdw])");
  private static final Pattern EPOCH_MILLIS = Pattern.compile("\\d{1,15}");
  private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  private TimeExpression() {}

  static Instant parse(String field, String text, Instant now) {
    Instant time = parse(text, now, field);
    if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
      throw QueryException.badParameter(field, field + " must lie in the years 0 to 9999");
    }
    return Instant.ofEpochMilli(time.toEpochMilli());
  }

  private static Instant parse(String text, Instant now, String field) {
    Matcher relative = RELATIVE.matcher(text);
    if (relative.matches()) {
      return now.minus(unit(relative.group(2)).multipliedBy(Long.parseLong(relative.group(1))));
    }
    if (EPOCH_MILLIS.matcher(text).matches()) {
      return Instant.ofEpochMilli(Long.parseLong(text));
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException malformed) {
      throw QueryException.badParameter(
          field,
          field
              + " must be a time like 2026-11-01T10:00:00Z, milliseconds since 1970, or a duration"
              + " before now like -30m, -24h or -7d; not \""
              + QueryString.shortened(text)
              + "\"");
    }
  }

  private static Duration unit(String letter) {
    return switch (letter) {
      case "s" -> Duration.ofSeconds(1);
      case "m" -> Duration.ofMinutes(1);
      case "h" -> Duration.ofHours(1);
      case "d" -> Duration.ofDays(1);
      default -> Duration.ofDays(7);
    };
  }
}
