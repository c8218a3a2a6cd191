package io.millrace.server.report;

import io.millrace.model.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * The books as a table: one line per partition, their sum, and the verdict.
 *
 * <pre>
 *   partition  accepted  processed  counted  duplicate  bot  late  invalid  difference
 *   0             1,000      1,000      950         10   30    10        0           0
 *   total         1,000      1,000      950         10   30    10        0           0
 * </pre>
 */
public record AuditReport(Audit audit) {

  /** The table and the verdict, several lines, each with its line end. */
  public String render() {
    var table = new TextTable();
    table.row("partition", header());
    for (Audit.Partition partition : audit.partitions()) {
      table.row(
          Integer.toString(partition.partition()),
          numbers(
              partition.accepted(),
              partition.processed(),
              outcomes(partition::of),
              partition.difference()));
    }
    table.row(
        "total", numbers(audit.accepted(), audit.processed(), outcomes(audit::of), difference()));
    return table.render() + '\n' + verdict() + '\n';
  }

  /** One line that says whether the books balance, and if not, where they do not. */
  public String verdict() {
    List<String> wrong = new ArrayList<>();
    for (Audit.Partition partition : audit.partitions()) {
      if (partition.difference() != 0) {
        wrong.add(
            String.format(
                Locale.ROOT,
                "partition %d differs by %,d",
                partition.partition(),
                partition.difference()));
      }
    }
    if (!wrong.isEmpty()) {
      return "NOT BALANCED: " + String.join(", ", wrong);
    }
    if (!audit.balanced()) {
      return "NOT BALANCED: the views are behind what is processed, or offsets differ; look again in a moment";
    }
    return audit.pending() == 0
        ? "balanced: every accepted event has exactly one outcome"
        : String.format(
            Locale.ROOT,
            "balanced so far: %,d accepted events have no outcome yet",
            audit.pending());
  }

  private long difference() {
    return audit.partitions().stream().mapToLong(Audit.Partition::difference).sum();
  }

  private static List<Long> outcomes(ToLongFunction<Outcome> count) {
    return Arrays.stream(Outcome.values()).map(count::applyAsLong).toList();
  }

  private static Object[] header() {
    var header = new ArrayList<Object>(List.of("accepted", "processed"));
    for (Outcome outcome : Outcome.values()) {
      header.add(outcome.label());
    }
    header.add("difference");
    return header.toArray();
  }

  private static Object[] numbers(
      long accepted, long processed, List<Long> outcomes, long difference) {
    var numbers = new ArrayList<Object>(List.of(accepted, processed));
    numbers.addAll(outcomes);
    numbers.add(difference);
    return numbers.toArray();
  }
}
