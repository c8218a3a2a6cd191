package io.millrace.ops;

import io.millrace.model.Outcome;
import io.millrace.model.PartitionBooks;
import java.time.Instant;
import java.util.List;

/**
 * The books of all partitions at one moment.
 *
 * @param time of the reading
 */
public record AuditReport(Instant time, List<Line> lines) {

  public AuditReport {
    lines = List.copyOf(lines);
  }

  /**
   * One partition.
   *
   * @param accepted how many events the log holds: its end offset
   * @param processed how many of them stage 1 has committed
   * @param books what the views have of them
   */
  public record Line(int partition, long accepted, long processed, PartitionBooks books) {

    /**
     * Events given an outcome, less those that should have one: not zero means lost (below) or
     * doubled (above).
     */
    public long difference() {
      return books.outcomesTotal() - books.accountedThrough();
    }

    /**
     * Whether every processed event has its one outcome in the views. The views may be ahead of the
     * commit that was read before them, never behind.
     */
    public boolean isBalanced() {
      return books.addsUp()
          && books.accountedThrough() >= processed
          && books.accountedThrough() <= accepted;
    }
  }

  public boolean isBalanced() {
    return lines.stream().allMatch(Line::isBalanced);
  }

  public long accepted() {
    return lines.stream().mapToLong(Line::accepted).sum();
  }

  public long processed() {
    return lines.stream().mapToLong(Line::processed).sum();
  }

  /** Accepted events without an outcome yet. */
  public long pending() {
    return lines.stream()
        .mapToLong(line -> Math.max(0, line.accepted() - line.books().accountedThrough()))
        .sum();
  }

  public long total(Outcome outcome) {
    return lines.stream()
        .mapToLong(line -> line.books().outcomes().getOrDefault(outcome, 0L))
        .sum();
  }
}
