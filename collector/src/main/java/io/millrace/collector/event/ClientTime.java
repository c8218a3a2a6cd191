package io.millrace.collector.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * Reads a time as clients write it. Anything before 1990 is not a time but a mistake: seconds taken
 * for milliseconds, a clock that was never set, a field that was never filled.
 */
sealed interface ClientTime {
  long EARLIEST = Instant.parse("1990-01-01T00:00:00Z").toEpochMilli();
  long LATEST = Instant.parse("9999-12-31T23:59:59Z").toEpochMilli();

  /** Milliseconds since 1970, between 1990 and 9999. */
  record Known(long millis) implements ClientTime {}

  /** No time, with what is wrong, to follow the name of the field. */
  record Unusable(String reason) implements ClientTime {}

  static ClientTime ofMillis(double millis) {
    if (Double.isNaN(millis) || millis > (double) LATEST) {
      return new Unusable("is no time in milliseconds since 1970");
    }
    if (millis < (double) EARLIEST) {
      return new Unusable("is before 1990-01-01; expected milliseconds since 1970");
    }
    return new Known((long) millis);
  }

  /** ISO-8601 with a zone, or the digits of milliseconds since 1970. */
  static ClientTime ofText(String text) {
    if (!text.isEmpty() && text.length() <= 15 && isDigits(text)) {
      return ofMillis((double) Long.parseLong(text));
    }
    try {
      return ofSeconds(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException unreadable) {
      return new Unusable(
          "is neither ISO-8601 with a zone, such as 2026-03-01T12:00:00Z, nor milliseconds since"
              + " 1970");
    }
  }

  private static ClientTime ofSeconds(Instant time) {
    if (time.getEpochSecond() < EARLIEST / 1000) {
      return new Unusable("is before 1990-01-01");
    }
    if (time.getEpochSecond() > LATEST / 1000) {
      return new Unusable("is after the year 9999");
    }
    return new Known(time.toEpochMilli());
  }

  private static boolean isDigits(String text) {
    return text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
