package io.millrace.server.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.accesslog.ImportTally;
import io.millrace.server.accesslog.ImportTally.Finding;
import io.millrace.server.accesslog.ImportTally.Findings;
import io.millrace.server.accesslog.LogFormat;
import io.millrace.server.traffic.TrafficKind;
import io.millrace.server.traffic.TrafficRun;
import io.millrace.server.traffic.TrafficTally;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final Findings NONE = new Findings(0, List.of());

  @Test
  void tellsAnImportFromItsLinesToTheBooks() throws IOException {
    var tally =
        new ImportTally(
            LogFormat.COMBINED,
            10_000,
            new Findings(1, List.of(new Finding(8_899, "the user agent has no closing quote"))),
            6_944,
            3_055,
            NONE,
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    var site =
        new SiteSummary(
            2_000,
            2_000,
            700,
            List.of(row("outcome", "counted", 2_000), row("outcome", "bot", 1_055)),
            List.of(row("path", "/", 572), row("path", "/evil\u001b[2J\n", 1)),
            List.of(row("country", "", 12)),
            List.of(),
            List.of());
    Audit audit = AuditReportTest.audit(true, 0, AuditReportTest.partition(0, 3_055, 0));

    String text =
        new ImportReport(
                "examples/access.log.gz",
                tally,
                Duration.ofMillis(1_540),
                Optional.of(site),
                Optional.of(new Settlement.Settled(audit)))
            .render();

    assertThat(text)
        .isEqualTo(
            """
            Imported examples/access.log.gz as combined in 1.5 s
              lines read        10,000
              accepted           3,055
              no page requests   6,944
              malformed              1
              refused                0

            Malformed lines
              line 8,899: the user agent has no closing quote

            In the views
              events           2,000
              page views       2,000
              visitors, about    700

            Outcomes
              counted  2,000
              bot      1,055

            Top pages
              /                 572
              /evil\\u{1B}[2J\\n    1

            Countries
              (unknown)  12

            Books
              balanced: every accepted event has exactly one outcome
            """);
  }

  @Test
  void saysThatAnUnfinishedImportCanBeRepeated() {
    var tally =
        new ImportTally(
            LogFormat.COMMON,
            5,
            new Findings(25, List.of()),
            0,
            2,
            NONE,
            3,
            Optional.empty(),
            Optional.empty(),
            Optional.of("gave up"));

    assertThat(
            new ImportReport("x\n", tally, Duration.ZERO, Optional.empty(), Optional.empty())
                .render())
        .contains("Imported x\\n as", "without an answer   3", "Not finished: gave up", "25 more")
        .contains("counts nothing twice");
  }

  @Test
  void tellsADemoByWhatEventsWereMeantToBe() {
    var tally =
        new TrafficTally(
            Map.of(TrafficKind.GENUINE, 1_900L, TrafficKind.MALFORMED, 100L),
            Map.of(TrafficKind.GENUINE, 1_900L),
            Map.of(TrafficKind.MALFORMED, 100L),
            50);
    var run = new TrafficRun(tally, Duration.ofSeconds(2), Optional.empty());

    assertThat(
            new DemoReport(run, Optional.empty(), Optional.of(new Settlement.Unknown("no answer")))
                .render())
        .isEqualTo(
            """
            Sent 2,000 events in 2.0 s, 1,000 a second
              meant to be   sent  accepted  refused
              genuine      1,900     1,900        0
              bot              0         0        0
              duplicate        0         0        0
              late             0         0        0
              malformed      100         0      100
              total        2,000     1,900      100

            The collector could not follow: 50 events fewer than the rate asked for

            Books
              not known: no answer
            """);
  }

  private static ViewRow row(String dimension, String value, int events) {
    return new ViewRow(Map.of(dimension, value, "events", events));
  }
}
