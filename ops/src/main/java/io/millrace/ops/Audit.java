package io.millrace.ops;

import io.millrace.model.PartitionBooks;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Compares what the log holds with what the views account for, on a live system.
 *
 * <p>The collector's producer is not transactional, so the offsets of click-events have no gaps and
 * a partition's end offset is the number of its events. Three things are read, in this order, so
 * that on a sound system each is at least the one before, however fast events come in: the offsets
 * that stage 1 has committed, the accounts (again and again until they have caught up with those),
 * and the ends of the log. An account's own equation, offset = sum of outcomes, holds at any
 * moment. Nothing is derived from anything that was itself derived.
 */
public final class Audit {
  private static final Duration BETWEEN_READINGS = Duration.ofMillis(50);

  private final OffsetReader offsets;
  private final Supplier<Map<Integer, PartitionBooks>> books;
  private final InstantSource clock;

  /**
   * An audit.
   *
   * @param offsets of click-events and the group of stage 1
   * @param books the accounts by partition, as the views have them at the moment of asking
   */
  public Audit(
      OffsetReader offsets, Supplier<Map<Integer, PartitionBooks>> books, InstantSource clock) {
    this.offsets = offsets;
    this.books = books;
    this.clock = clock;
  }

  /** Reads; waits up to the patience for the views to catch up with what stage 1 has committed. */
  public AuditReport run(Duration patience) throws InterruptedException {
    Map<Integer, Long> committed = offsets.committed();
    long deadline = System.nanoTime() + patience.toNanos();
    Map<Integer, PartitionBooks> accounts = books.get();
    while (isBehind(accounts, committed) && System.nanoTime() < deadline) {
      Thread.sleep(BETWEEN_READINGS);
      accounts = books.get();
    }
    return report(committed, accounts, offsets.ends());
  }

  private static boolean isBehind(
      Map<Integer, PartitionBooks> accounts, Map<Integer, Long> committed) {
    return committed.entrySet().stream()
        .anyMatch(entry -> account(accounts, entry.getKey()).accountedThrough() < entry.getValue());
  }

  private AuditReport report(
      Map<Integer, Long> committed,
      Map<Integer, PartitionBooks> accounts,
      Map<Integer, Long> ends) {
    var lines = new ArrayList<AuditReport.Line>();
    ends.forEach(
        (partition, end) ->
            lines.add(
                new AuditReport.Line(
                    partition,
                    end,
                    committed.getOrDefault(partition, 0L),
                    account(accounts, partition))));
    return new AuditReport(clock.instant(), lines);
  }

  private static PartitionBooks account(Map<Integer, PartitionBooks> accounts, int partition) {
    return accounts.getOrDefault(partition, PartitionBooks.empty(partition));
  }
}
