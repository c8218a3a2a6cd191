package io.millrace.bench;

import io.millrace.server.report.Audit;
import java.time.Duration;
import java.util.Locale;

/**
 * Whether the processing keeps up with a load: what the books said at two moments of it.
 *
 * <pre>
 *   accepted ──────────────●   the backlog is the distance;
 *   counted  ────────●         it may be there, it must not grow
 * </pre>
 *
 * @param wanted events a second
 */
record Pace(
    int wanted,
    Duration length,
    long acceptedBefore,
    long acceptedAfter,
    long pendingBefore,
    long pendingAfter) {
  /** A clock and a scheduler are no more exact than this. */
  private static final double ENOUGH = 0.95;

  static Pace between(Audit before, Audit after, Duration length, int wanted) {
    return new Pace(
        wanted, length, before.accepted(), after.accepted(), before.pending(), after.pending());
  }

  /** What the collector took. */
  double acceptedPerSecond() {
    return Text.perSecond(acceptedAfter - acceptedBefore, length);
  }

  /** What was given an outcome: while the backlog grows, all that the machine can do. */
  double countedPerSecond() {
    long counted = acceptedAfter - pendingAfter - (acceptedBefore - pendingBefore);
    return Text.perSecond(counted, length);
  }

  /** All that was wanted was taken, and the backlog did not grow by a second of it. */
  boolean isSustained() {
    return acceptedPerSecond() >= ENOUGH * wanted && pendingAfter - pendingBefore <= wanted;
  }

  /** A sentence for below the table. */
  String text() {
    String figures =
        String.format(
            Locale.ROOT,
            "Accepted %s/s, counted %s/s; %s events were not yet counted at the begin, %s at the end,"
                + " %s later.",
            Text.count(acceptedPerSecond()),
            Text.count(countedPerSecond()),
            Text.count(pendingBefore),
            Text.count(pendingAfter),
            Text.seconds(length));
    return isSustained() ? "Sustained. " + figures : "Not sustained. " + figures;
  }
}
