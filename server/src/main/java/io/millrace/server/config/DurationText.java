package io.millrace.server.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: {@code 3.8s}, {@code 5m}, {@code 1h30m}, {@code 30d}, {@code
 * 100ms}; also ISO-8601, {@code PT3.8S}. Pure.
 */
final class DurationText {
  private static final Pattern MILLISECONDS = Pattern.compile("(\\d{1,12})ms");
  private static final Pattern DAYS = Pattern.compile("(\\d{1,6})d");

  /** Longer than anything is kept, and short enough to be counted in any unit. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private DurationText() {}

  /**
   * @throws IllegalArgumentException that says what is expected
   */
  static Duration parse(String text) {
    Duration duration = read(text.strip().toLowerCase(Locale.ROOT));
    if (duration.abs().compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("expected at most 36500d");
    }
    return duration;
  }

  private static Duration read(String text) {
    Matcher milliseconds = MILLISECONDS.matcher(text);
    if (milliseconds.matches()) {
      return Duration.ofMillis(Long.parseLong(milliseconds.group(1)));
    }
    Matcher days = DAYS.matcher(text);
    if (days.matches()) {
      return Duration.ofDays(Long.parseLong(days.group(1)));
    }
    try {
      return Duration.parse(text.startsWith("p") ? text : "pt" + text);
    } catch (DateTimeParseException | ArithmeticException unreadable) {
      throw new IllegalArgumentException("expected a duration such as 3.8s, 5m or 72h", unreadable);
    }
  }

  /** The shortest text that is read as the same. */
  static String of(Duration duration) {
    return duration.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
  }
}
