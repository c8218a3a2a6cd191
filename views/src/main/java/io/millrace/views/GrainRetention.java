package io.millrace.views;

import io.millrace.model.cell.Grain;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * How long the cells of each grain are kept after the end of their window. A grain that is not
 * named is kept for ever.
 *
 * <p>What counts is the watermark, not the clock: how far the log has been worked off. So a
 * processor that was away for a week deletes nothing that it has yet to add to. A period must be
 * longer than the lateness that events are allowed, or cells are deleted that can still change.
 *
 * <p>It is said by each view, and nothing deletes by it yet.
 *
 * @param periods from the end of a window to the end of its cells, each above zero
 */
public record GrainRetention(Map<Grain, Duration> periods) {

  /** Minutes for 7 days, hours for 90, days and all time for ever. */
  public static final GrainRetention DEFAULT =
      new GrainRetention(Map.of(Grain.MINUTE, Duration.ofDays(7), Grain.HOUR, Duration.ofDays(90)));

  public static final GrainRetention FOR_EVER = new GrainRetention(Map.of());

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

  /**
   * Whether the cells of a window may be deleted.
   *
   * @param windowStart in milliseconds since 1970
   * @param watermark every event before this is in the cells; in milliseconds since 1970
   */
  public boolean isExpired(Grain grain, long windowStart, long watermark) {
    return windowStart < firstKept(grain, watermark);
  }

  /**
   * The start of the oldest window that is kept, so that what is before it can be deleted as one
   * range of keys. {@link Long#MIN_VALUE} where all are.
   *
   * @param watermark every event before this is in the cells; in milliseconds since 1970
   */
  public long firstKept(Grain grain, long watermark) {
    Duration period = periods.get(grain);
    if (period == null) {
      return Long.MIN_VALUE;
    }
    long latestEndExpired = watermark - period.toMillis();
    // The window that this falls into ends later, and is kept. Those before end by then.
    return grain.windowStart(latestEndExpired);
  }
}
