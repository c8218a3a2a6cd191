package io.millrace.server.drill.proof;

import java.util.ArrayList;
import java.util.List;

/**
 * The books: what each partition has got by Kafka is the sum of its outcomes by the view, and the
 * offsets of the outcomes add up.
 */
final class BooksCheck {
  private BooksCheck() {}

  static Finding examine(String check, Evidence evidence) {
    List<BooksLine> lines = evidence.books().lines();
    long lost = 0;
    long doubled = 0;
    long wrong = 0;
    long accepted = 0;
    long outcomes = 0;
    List<String> examples = new ArrayList<>();
    for (BooksLine line : lines) {
      accepted += line.accepted();
      outcomes += line.outcomes();
      lost += Math.max(0, line.accepted() - line.outcomes());
      doubled += Math.max(0, line.outcomes() - line.accepted());
      wrong += line.balanced() ? 0 : 1;
      if (line.accepted() != line.outcomes() || !line.balanced()) {
        examples.add(line.toString());
      }
    }
    return new Finding(
        check,
        lines.size(),
        "accepted %,d; outcomes %,d; in %d partitions".formatted(accepted, outcomes, lines.size()),
        lost,
        doubled,
        wrong,
        examples);
  }
}
