package io.millrace.bench;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Figures as tables show them. */
final class Text {
  private Text() {}

  static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.2f s", nanos(duration) / 1e9);
  }

  /** A tenth of a millisecond is as much as the clocks and polls here can tell. */
  static String millis(Duration duration) {
    return String.format(Locale.ROOT, "%.1f ms", nanos(duration) / 1e6);
  }

  static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%,.0f MiB", bytes / 1024.0 / 1024);
  }

  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  static String count(double number) {
    return String.format(Locale.ROOT, "%,.0f", number);
  }

  /** How many answers there were of each status; 0 is none at all. */
  static String statuses(Map<Integer, Integer> answers) {
    return answers.entrySet().stream()
        .map(each -> (each.getKey() == 0 ? "none" : each.getKey()) + " × " + each.getValue())
        .collect(Collectors.joining(", "));
  }

  /** A share of all time of one core. */
  static String shareOfCore(Duration cpu, Duration wall) {
    return String.format(Locale.ROOT, "%.1f %%", 100.0 * nanos(cpu) / nanos(wall));
  }

  /** How much of something one second had. */
  static double perSecond(long number, Duration duration) {
    return number * 1e9 / nanos(duration);
  }

  /** CPU time for so many of what {@code number} were done. */
  static String cpuPer(long many, Duration cpu, long number) {
    return String.format(Locale.ROOT, "%.1f s", nanos(cpu) / 1e9 * many / number);
  }

  private static double nanos(Duration duration) {
    return (double) duration.toNanos();
  }
}
