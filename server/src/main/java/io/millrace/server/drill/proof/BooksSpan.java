package io.millrace.server.drill.proof;

import io.millrace.server.report.Audit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The books at the beginning of a drill and at its end: what was wrong with them before is no fault
 * of this drill.
 *
 * @param ends the end offset of each partition of click-events, by Kafka
 */
public record BooksSpan(Audit before, Audit after, Map<Integer, Long> ends) {
  private static final Audit.Partition NOTHING = new Audit.Partition(0, 0, 0, 0, Map.of(), 0, true);

  public BooksSpan {
    ends = Map.copyOf(ends);
  }

  /** One for each partition of the log, whether the books know it or not. */
  List<BooksLine> lines() {
    Map<Integer, Audit.Partition> begun = byPartition(before);
    Map<Integer, Audit.Partition> ended = byPartition(after);
    return ends.entrySet().stream()
        .map(
            end ->
                line(
                    end.getKey(),
                    end.getValue(),
                    begun.getOrDefault(end.getKey(), NOTHING),
                    ended.getOrDefault(end.getKey(), NOTHING)))
        .toList();
  }

  /** From where the views were, so that what was on its way then is of this span. */
  private static BooksLine line(
      int partition, long end, Audit.Partition begun, Audit.Partition ended) {
    return new BooksLine(
        partition,
        end - begun.accountedThrough(),
        ended.outcomesTotal() - begun.outcomesTotal(),
        ended.balanced() || !begun.balanced());
  }

  private static Map<Integer, Audit.Partition> byPartition(Audit audit) {
    return audit.partitions().stream()
        .collect(Collectors.toMap(Audit.Partition::partition, Function.identity()));
  }

  /** With another account of the first partition at the beginning. */
  BooksSpan withBefore(UnaryOperator<Audit.Partition> change) {
    return new BooksSpan(changed(before, change), after, ends);
  }

  /** With another account of the first partition at the end. */
  BooksSpan withAfter(UnaryOperator<Audit.Partition> change) {
    return new BooksSpan(before, changed(after, change), ends);
  }

  private static Audit changed(Audit audit, UnaryOperator<Audit.Partition> change) {
    Optional<Integer> first =
        audit.partitions().stream().map(Audit.Partition::partition).min(Integer::compare);
    return new Audit(
        audit.balanced(),
        audit.time(),
        audit.accepted(),
        audit.processed(),
        audit.pending(),
        audit.partitions().stream()
            .map(each -> first.equals(Optional.of(each.partition())) ? change.apply(each) : each)
            .toList());
  }
}
