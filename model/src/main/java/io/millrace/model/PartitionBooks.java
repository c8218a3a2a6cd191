package io.millrace.model;

import java.util.EnumMap;
import java.util.Map;

/**
 * The account of one partition of click-events as the views hold it.
 *
 * @param accountedThrough the offset before which every event has been given its outcome, in these
 *     very numbers
 * @param receivedThrough the latest time at which one of those events was received, in milliseconds
 *     since 1970, or 0
 * @param offsetSum the sum of the offsets of all events that were given an outcome, modulo 2⁶⁴
 */
public record PartitionBooks(
    int partition,
    long accountedThrough,
    long receivedThrough,
    long offsetSum,
    Map<Outcome, Long> outcomes) {

  public PartitionBooks {
    var complete = new EnumMap<Outcome, Long>(Outcome.class);
    for (Outcome outcome : Outcome.values()) {
      complete.put(outcome, outcomes.getOrDefault(outcome, 0L));
    }
    outcomes = Map.copyOf(complete);
  }

  public static PartitionBooks empty(int partition) {
    return new PartitionBooks(partition, 0, 0, 0, Map.of());
  }

  /**
   * Whether every event before {@link #accountedThrough} has exactly one outcome: as many outcomes
   * as offsets, and the offsets 0 to n − 1 themselves, whose sum is n (n − 1) / 2. So an event that
   * was lost is not made up for by another that was counted twice.
   */
  public boolean addsUp() {
    return outcomesTotal() == accountedThrough && offsetSum == sumBelow(accountedThrough);
  }

  /** 0 + 1 + … + (n − 1), modulo 2⁶⁴: the even one of the two factors is halved first. */
  private static long sumBelow(long n) {
    return n % 2 == 0 ? n / 2 * (n - 1) : (n - 1) / 2 * n;
  }

  /** How many events have an outcome. */
  public long outcomesTotal() {
    return outcomes.values().stream().mapToLong(Long::longValue).sum();
  }
}
