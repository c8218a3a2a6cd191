package io.millrace.model.cell;

import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * How long the windows of a view are, in UTC. The order is that of the byte in a cell's key and is
 * only ever added to.
 */
public enum Grain {
  /** One window for all time. */
  ALL(0),
  MINUTE(60_000L),
  HOUR(3_600_000L),
  DAY(86_400_000L);

  /** The shorter windows first. */
  public static final Comparator<Grain> BY_LENGTH =
      Comparator.comparingLong(grain -> grain.windowEnd(0));

  private static final Grain[] VALUES = values();
  private final long millis;

  Grain(long millis) {
    this.millis = millis;
  }

  /** The length of a window; zero for {@link #ALL}. */
  public Duration length() {
    return Duration.ofMillis(millis);
  }

  /** The start of the window that a time falls into, both in milliseconds since 1970. */
  public long windowStart(long time) {
    return millis == 0 ? 0 : time - Math.floorMod(time, millis);
  }

  /** The end of the window that starts at a time; it is no longer part of the window. */
  public long windowEnd(long start) {
    return millis == 0 ? Long.MAX_VALUE : start + millis;
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Grain> labelled(String label) {
    for (Grain grain : VALUES) {
      if (grain.label().equals(label)) {
        return Optional.of(grain);
      }
    }
    return Optional.empty();
  }

  static Grain of(int ordinal) {
    return VALUES[ordinal];
  }
}
