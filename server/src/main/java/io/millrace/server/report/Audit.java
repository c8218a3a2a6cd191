package io.millrace.server.report;

import io.millrace.model.Outcome;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The books as the query API tells them.
 *
 * @param balanced whether accepted and outcomes agree in every partition, as far as processed
 * @param accepted events in the log
 * @param processed events that have been given their outcome
 * @param pending events that have not
 */
public record Audit(
    boolean balanced,
    String time,
    long accepted,
    long processed,
    long pending,
    List<Partition> partitions) {

  public Audit {
    partitions = List.copyOf(partitions);
  }

  /**
   * The account of one partition.
   *
   * @param accountedThrough the offset before which every event should have an outcome, as the
   *     views have it; as the end of a span and not a count it says nothing of what is missing
   *     before it
   * @param outcomes how many events have each
   * @param difference the sum of the outcomes less {@code accountedThrough}: what is missing or too
   *     much; 0 in balanced books
   * @param balanced whether the offsets of the outcomes add up too, so that an event that is
   *     missing is not made up for by another that is there twice
   */
  public record Partition(
      int partition,
      long accepted,
      long processed,
      long accountedThrough,
      Map<Outcome, Long> outcomes,
      long difference,
      boolean balanced) {

    public Partition {
      var complete = new EnumMap<Outcome, Long>(Outcome.class);
      for (Outcome outcome : Outcome.values()) {
        complete.put(outcome, outcomes.getOrDefault(outcome, 0L));
      }
      outcomes = Map.copyOf(complete);
    }

    public long of(Outcome outcome) {
      return outcomes.getOrDefault(outcome, 0L);
    }

    /** How many events have any outcome. */
    public long outcomesTotal() {
      return outcomes.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /** How many events of all partitions have an outcome. */
  public long of(Outcome outcome) {
    return partitions.stream().mapToLong(partition -> partition.of(outcome)).sum();
  }

  /**
   * Whether all agrees, and every event that an earlier audit saw accepted has its outcome and is
   * committed as processed. The accounts are read last, so they alone may be ahead.
   */
  public boolean hasSettled(Audit earlier) {
    Map<Integer, Long> settled =
        partitions.stream()
            .collect(
                Collectors.toMap(
                    Partition::partition,
                    now -> Math.min(now.processed(), now.accountedThrough())));
    return balanced
        && earlier.partitions.stream()
            .allMatch(before -> settled.getOrDefault(before.partition(), 0L) >= before.accepted());
  }
}
