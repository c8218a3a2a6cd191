package io.millrace.server.accesslog;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** The time of an access log, {@code 17/May/2015:10:05:03 +0000}, in English on every machine. */
final class LogTime {
  private static final String SHAPE = "dd/mmm/dddd:dd:dd:dd sdddd";
  private static final List<String> MONTHS =
      List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

  private LogTime() {}

  static Optional<Instant> parse(String text) {
    if (!hasShape(text)) {
      return Optional.empty();
    }
    try {
      int month = MONTHS.indexOf(text.substring(3, 6)) + 1;
      var time =
          LocalDateTime.of(
              number(text, 7, 11),
              month,
              number(text, 0, 2),
              number(text, 12, 14),
              number(text, 15, 17),
              number(text, 18, 20));
      int sign = text.charAt(21) == '-' ? -1 : 1;
      var offset =
          ZoneOffset.ofHoursMinutes(sign * number(text, 22, 24), sign * number(text, 24, 26));
      return Optional.of(time.toInstant(offset));
    } catch (DateTimeException noSuchTime) {
      return Optional.empty();
    }
  }

  private static boolean hasShape(String text) {
    if (text.length() != SHAPE.length()) {
      return false;
    }
    for (int at = 0; at < text.length(); at++) {
      char is = text.charAt(at);
      boolean fits =
          switch (SHAPE.charAt(at)) {
            case 'd' -> is >= '0' && is <= '9';
            case 'm' -> is >= 'A' && is <= 'z';
            case 's' -> is == '+' || is == '-';
            default -> is == SHAPE.charAt(at);
          };
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }
}
