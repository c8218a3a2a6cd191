package io.millrace.views;

import io.millrace.model.cell.Grain;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which windows a view has and how long they are kept: all that has to be known of a view to merge
 * its partials.
 *
 * @param grains at least one
 */
public record ViewWindows(Set<Grain> grains, GrainRetention retention) {
  /** One window for all time, kept for ever. */
  public static final ViewWindows ALL_TIME =
      new ViewWindows(EnumSet.of(Grain.ALL), GrainRetention.FOR_EVER);

  public ViewWindows {
    if (grains.isEmpty()) {
      throw new IllegalArgumentException("grains: expected at least one");
    }
    grains = Set.copyOf(grains);
  }

  /** The shortest of them. Every longer one is made of whole windows of this length. */
  public Grain finestGrain() {
    return grains.stream().min(Grain.BY_LENGTH).orElseThrow();
  }

  /** All but the shortest, the shorter first. */
  public List<Grain> coarserGrains() {
    return grains.stream().sorted(Grain.BY_LENGTH).skip(1).toList();
  }

  /** Whether the cells of any of them are deleted some day. */
  public boolean expire() {
    return grains.stream().anyMatch(retention.periods()::containsKey);
  }

  /**
   * What is kept of the windows of a site. The windows of a grain go by whole windows of the next
   * longer one, minutes by the hour: so there is never an hour of which only some minutes are left,
   * and a span is always made up of longer windows and then shorter ones.
   *
   * @param newest the start of the newest window of the finest grain, in milliseconds since 1970
   */
  public KeptSince keptSince(long newest) {
    Map<Grain, Long> starts = new EnumMap<>(Grain.class);
    for (Grain grain : grains) {
      long first = retention.firstKept(grain, newest);
      if (first != Long.MIN_VALUE) {
        starts.put(grain, nextLonger(grain).windowStart(first));
      }
    }
    return new KeptSince(starts);
  }

  private Grain nextLonger(Grain grain) {
    return grains.stream()
        .filter(other -> other != Grain.ALL && Grain.BY_LENGTH.compare(other, grain) > 0)
        .min(Grain.BY_LENGTH)
        .orElse(grain);
  }
}
