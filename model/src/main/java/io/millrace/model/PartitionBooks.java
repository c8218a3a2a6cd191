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
 */
public record PartitionBooks(
    int partition, long accountedThrough, long receivedThrough, Map<Outcome, Long> outcomes) {

  public PartitionBooks {
    var complete = new EnumMap<Outcome, Long>(Outcome.class);
    for (Outcome outcome : Outcome.values()) {
      complete.put(outcome, outcomes.getOrDefault(outcome, 0L));
    }
    outcomes = Map.copyOf(complete);
  }

  public static PartitionBooks empty(int partition) {
    return new PartitionBooks(partition, 0, 0, Map.of());
  }

  /** How many events have an outcome. */
  public long outcomesTotal() {
    return outcomes.values().stream().mapToLong(Long::longValue).sum();
  }
}
