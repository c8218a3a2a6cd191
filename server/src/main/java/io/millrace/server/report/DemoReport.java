package io.millrace.server.report;

import io.millrace.server.traffic.TrafficKind;
import io.millrace.server.traffic.TrafficRun;
import io.millrace.server.traffic.TrafficTally;
import java.util.Locale;
import java.util.Optional;

/**
 * What a demo sent and what became of it.
 *
 * @param books how waiting for them ended, if it was waited
 */
public record DemoReport(TrafficRun run, Optional<SiteSummary> site, Optional<Settlement> books) {

  /** Several lines, each with its line end. */
  public String render() {
    TrafficTally tally = run.tally();
    double seconds = Math.max(1e-3, run.took().toMillis() / 1e3);
    var text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "Sent %,d events in %.1f s, %,.0f a second%n",
            tally.sentTotal(),
            seconds,
            tally.sentTotal() / seconds));
    text.append(kinds(tally).render());
    if (tally.notMade() > 0) {
      text.append(
          String.format(
              Locale.ROOT,
              "%nThe collector could not follow: %,d events fewer than the rate asked for%n",
              tally.notMade()));
    }
    run.failure()
        .ifPresent(
            reason -> text.append("\nEnded early: ").append(SafeText.of(reason, 300)).append('\n'));
    site.ifPresent(summary -> text.append(summary.render()));
    books.ifPresent(settlement -> text.append(BooksText.of(settlement)));
    return text.toString();
  }

  private static TextTable kinds(TrafficTally tally) {
    var table = new TextTable().row("meant to be", "sent", "accepted", "refused");
    for (TrafficKind kind : TrafficKind.values()) {
      table.row(
          kind.label(),
          tally.sent().getOrDefault(kind, 0L),
          tally.accepted().getOrDefault(kind, 0L),
          tally.refused().getOrDefault(kind, 0L));
    }
    return table.row("total", tally.sentTotal(), tally.acceptedTotal(), tally.refusedTotal());
  }
}
