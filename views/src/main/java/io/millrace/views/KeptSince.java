package io.millrace.views;

import io.millrace.model.cell.Grain;
import java.util.EnumMap;
import java.util.Map;

/**
 * From when on a view still has the windows of a site. A window that starts before may be deleted,
 * or be there in part: events for it are no longer added.
 *
 * @param starts the start of the first window that is kept, in milliseconds since 1970; a grain of
 *     which everything is kept is not named
 */
public record KeptSince(Map<Grain, Long> starts) {
  public static final KeptSince EVERYTHING = new KeptSince(Map.of());

  public KeptSince {
    starts = Map.copyOf(starts);
  }

  /** {@link Long#MIN_VALUE} where all windows are kept. */
  public long of(Grain grain) {
    return starts.getOrDefault(grain, Long.MIN_VALUE);
  }

  /** What is kept in both of two places. */
  public KeptSince and(KeptSince other) {
    Map<Grain, Long> later = new EnumMap<>(Grain.class);
    later.putAll(starts);
    other.starts.forEach((grain, start) -> later.merge(grain, start, Math::max));
    return new KeptSince(later);
  }
}
