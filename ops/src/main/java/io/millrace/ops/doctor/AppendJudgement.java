package io.millrace.ops.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether brokers answer soon, and whether their clocks are ours. Pure. */
final class AppendJudgement {
  private static final Duration SLOW = Duration.ofMillis(100);

  /** A collector answers within 3.8 s, whatever it takes. */
  private static final Duration TOO_SLOW = Duration.ofSeconds(2);

  private static final Duration APART = Duration.ofSeconds(1);

  /** Beyond it events would be taken for ones of the future. */
  private static final Duration FAR_APART = Duration.ofMinutes(5);

  private AppendJudgement() {}

  static List<Finding> of(ClusterFacts facts) {
    var findings = new ArrayList<Finding>();
    for (AppendTimes times : facts.appends()) {
      findings.add(latency(times));
      findings.add(clock(times));
    }
    return findings;
  }

  private static Finding latency(AppendTimes times) {
    String what =
        String.format(
            Locale.ROOT,
            "broker %d acknowledges within %.1f ms (median of a few)",
            times.broker(),
            times.median().toNanos() / 1e6);
    if (times.median().compareTo(TOO_SLOW) > 0) {
      return Finding.problem(what, "collectors would answer 503; see to its disks and the network");
    }
    return times.median().compareTo(SLOW) > 0
        ? Finding.warning(what, "each event waits for that; see to its disks and the network")
        : Finding.ok(what);
  }

  private static Finding clock(AppendTimes times) {
    Duration apart = times.ahead().abs();
    Duration atLeast = apart.minus(times.uncertainty());
    String what =
        String.format(
            Locale.ROOT,
            "the clock of broker %d is %.3f s %s of ours, give or take %.3f s",
            times.broker(),
            apart.toMillis() / 1e3,
            times.ahead().isNegative() ? "behind" : "ahead",
            times.uncertainty().toMillis() / 1e3);
    if (atLeast.compareTo(FAR_APART) > 0) {
      return Finding.problem(what, "set both by NTP: events would be refused, or late at once");
    }
    return atLeast.compareTo(APART) > 0
        ? Finding.warning(what, "set both by NTP: delays and retention are counted by these clocks")
        : Finding.ok(what);
  }
}
