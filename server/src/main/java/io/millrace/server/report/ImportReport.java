package io.millrace.server.report;

import io.millrace.server.accesslog.ImportTally;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What an import did, for the person who started it.
 *
 * @param file as it was named
 * @param took from the first line to the last acknowledgement
 * @param site what the views say afterwards, if they were asked
 * @param books how waiting for them ended, if it was waited
 */
public record ImportReport(
    String file,
    ImportTally tally,
    Duration took,
    Optional<SiteSummary> site,
    Optional<Settlement> books) {

  /** Several lines, each with its line end. */
  public String render() {
    var text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "Imported %s as %s in %.1f s%n",
            SafeText.of(file, 100),
            tally.format().name().toLowerCase(Locale.ROOT),
            took.toMillis() / 1e3));
    text.append(counts().render());
    findings(text, "Malformed lines", tally.malformed());
    findings(text, "Refused by the collector", tally.refused());
    tally
        .failure()
        .ifPresent(
            reason ->
                text.append("\nNot finished: ")
                    .append(SafeText.of(reason, 300))
                    .append(
                        "\nImporting the same file again completes it and counts nothing twice.\n"));
    site.ifPresent(summary -> text.append(summary.render()));
    books.ifPresent(settlement -> text.append(BooksText.of(settlement)));
    return text.toString();
  }

  private TextTable counts() {
    var table =
        new TextTable()
            .row("lines read", tally.lines())
            .row("accepted", tally.accepted())
            .row("no page requests", tally.skipped())
            .row("malformed", tally.malformed().count())
            .row("refused", tally.refused().count());
    if (tally.unanswered() > 0) {
      table.row("without an answer", tally.unanswered());
    }
    return table;
  }

  private static void findings(StringBuilder text, String title, ImportTally.Findings findings) {
    if (findings.count() == 0) {
      return;
    }
    text.append('\n').append(title).append('\n');
    for (ImportTally.Finding finding : findings.first()) {
      text.append(
          String.format(
              Locale.ROOT, "  line %,d: %s%n", finding.line(), SafeText.of(finding.reason(), 120)));
    }
    long more = findings.count() - findings.first().size();
    if (more > 0) {
      text.append(String.format(Locale.ROOT, "  and %,d more%n", more));
    }
  }
}
