package io.millrace.views;

import io.millrace.model.cell.Grain;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * How long the cells of each grain are kept after the end of their window. A grain that is not
 * named is kept for ever.
 *
 * <p>What counts is the newest event of the same view and site, not the clock. So an import of an
 * old log into a new site deletes nothing, nor does a processor that was away for a week and has
 * yet to add to what is there. A period must be longer than the lateness that events are allowed,
 * or cells are deleted that can still change.
 *
 * @param periods from the end of a window to the end of its cells, each above zero
 */
public record GrainRetention(Map<Grain, Duration> periods) {

  /** Minutes for 7 days, hours for 90, days and all time for ever. */
  public static final GrainRetention DEFAULT =
      new GrainRetention(Map.of(Grain.MINUTE, Duration.ofDays(7), Grain.HOUR, Duration.ofDays(90)));

  public static final GrainRetention FOR_EVER = new GrainRetention(Map.of());

  /** Of a time before this nobody can say what is a period earlier. */
  private static final long EARLIEST = Long.MIN_VALUE / 2;

  public GrainRetention {
    periods = Map.copyOf(periods);
    periods.forEach(GrainRetention::requireSensible);
  }

  private static void requireSensible(Grain grain, Duration period) {
    if (grain == Grain.ALL) {
      throw new IllegalArgumentException("periods: the window of all time has no end");
    }
    if (!period.isPositive()) {
      throw new IllegalArgumentException(
          "periods: expected above zero for " + grain.label() + ", got " + period);
    }
  }

  /** The same but for one grain. */
  public GrainRetention with(Grain grain, Duration period) {
    Map<Grain, Duration> changed = new EnumMap<>(Grain.class);
    changed.putAll(periods);
    changed.put(grain, period);
    return new GrainRetention(changed);
  }

  /** The same, but one grain is kept for ever. */
  public GrainRetention without(Grain grain) {
    Map<Grain, Duration> changed = new HashMap<>(periods);
    changed.remove(grain);
    return new GrainRetention(changed);
  }

  /**
   * Whether the cells of a window may be deleted.
   *
   * @param windowStart in milliseconds since 1970
   * @param newest of the times that the period is counted from, in milliseconds since 1970
   */
  public boolean isExpired(Grain grain, long windowStart, long newest) {
    return windowStart < firstKept(grain, newest);
  }

  /**
   * The start of the oldest window that is kept, so that what is before it can be deleted as one
   * range of keys. {@link Long#MIN_VALUE} where all are.
   *
   * @param newest of the times that the period is counted from, in milliseconds since 1970
   */
  public long firstKept(Grain grain, long newest) {
    Duration period = periods.get(grain);
    if (period == null || newest < EARLIEST) {
      return Long.MIN_VALUE;
    }
    long latestEndExpired = newest - period.toMillis();
    // The window that this falls into ends later, and is kept. Those before end by then.
    return grain.windowStart(latestEndExpired);
  }
}
