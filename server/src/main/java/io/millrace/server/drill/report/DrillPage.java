package io.millrace.server.drill.report;

import io.millrace.server.drill.DrillResult;
import io.millrace.server.drill.Mark;
import io.millrace.server.drill.proof.Finding;
import java.util.Locale;

/** What drills have shown, as one page that needs nothing else. */
public final class DrillPage {
  private static final String STYLE =
      """
      :root{color-scheme:light dark;--ink:#1c2430;--soft:#5d6b7e;--line:#d9e0e8;--paper:#fff;--card:#f6f8fb;
        --good:#16794c;--bad:#b3261e;--ack:#2f6fdb;--seen:#1f9d78;--mark:#d97706}
      @media (prefers-color-scheme:dark){:root{--ink:#e6ebf2;--soft:#9aa8ba;--line:#2c3846;--paper:#11161d;--card:#1a212b;
        --good:#4cc38a;--bad:#ff8a80;--ack:#6ea8fe;--seen:#4cc3a0;--mark:#f5b14c}}
      body{font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:980px;margin:2rem auto;padding:0 1rem}
      h1{margin-bottom:.2rem}h2{margin:0}.soft{color:var(--soft)}
      table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
      th,td{text-align:right;padding:.3rem .6rem;border-bottom:1px solid var(--line)}
      th:first-child,td:first-child{text-align:left}th{font-weight:600;color:var(--soft)}
      .good{color:var(--good);font-weight:600}.bad{color:var(--bad);font-weight:600}
      article{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:1rem 1.2rem;margin:1.2rem 0}
      svg{width:100%;height:auto;margin:.6rem 0}.ack{fill:var(--ack)}.seen{fill:var(--seen)}
      .axis{stroke:var(--soft);stroke-width:1}.mark{stroke:var(--mark);stroke-width:1.5}svg text{font-size:10px;fill:var(--soft)}
      .key{display:inline-block;width:.8em;height:.8em;border-radius:2px;margin:0 .3em 0 1em}
      ol{columns:2;font-size:.9rem;color:var(--soft)}pre{white-space:pre-wrap;font-size:.85rem}
      """;

  private DrillPage() {}

  public static String of(DrillRun run) {
    var page = new StringBuilder();
    page.append(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"
            + "<title>Millrace drills</title><style>"
            + STYLE
            + "</style><h1>Millrace drills</h1>");
    page.append(
        "<p class=\"soft\">%s · version %s · %s · %s · %,d events a second · seed %d</p>"
            .formatted(
                run.begun(),
                Html.text(run.version()),
                Html.text(run.machine()),
                Html.text(run.cluster()),
                run.rate(),
                run.seed()));
    page.append("<p>").append(Html.text(DrillText.sum(run.results()))).append("</p>");
    table(page, run);
    page.append(
        "<p class=\"soft\">In the pictures: <span class=\"key\" style=\"background:var(--ack)\"></span>acknowledged events, above;"
            + "<span class=\"key\" style=\"background:var(--seen)\"></span>outcomes that could be read, below;"
            + "<span class=\"key\" style=\"background:var(--mark)\"></span>something was done.</p>");
    run.results().forEach(result -> article(page, result));
    return page.append("</html>\n").toString();
  }

  private static void table(StringBuilder page, DrillRun run) {
    page.append(
        "<table><tr><th>drill<th>verdict<th>lost<th>doubled<th>wrong<th>acknowledgements stalled<th>processing stalled"
            + "<th>whole after<th>aims</tr>");
    for (DrillResult result : run.results()) {
      page.append("<tr><td><a href=\"#%1$s\">%1$s</a>".formatted(result.drill().name()));
      switch (result) {
        case DrillResult.Skipped skipped ->
            page.append("<td>skipped<td colspan=\"7\" class=\"soft\">")
                .append(Html.text(skipped.reason()));
        case DrillResult.Stuck stuck ->
            page.append("<td class=\"bad\">stuck<td colspan=\"7\">")
                .append(Html.text(stuck.reason()));
        case DrillResult.Controlled control ->
            page.append(
                "<td class=\"%s\">%s<td>%d<td>%d<td>%d<td colspan=\"4\" class=\"soft\">as it must be: a control"
                    .formatted(
                        control.passed() ? "good" : "bad",
                        control.passed() ? "caught" : "blind",
                        control.finding().lost(),
                        control.finding().doubled(),
                        control.finding().wrong()));
        case DrillResult.Examined examined ->
            page.append(verdict(examined.passed()))
                .append(
                    "<td>%d<td>%d<td>%d<td>%s<td>%s<td>%s<td>%s"
                        .formatted(
                            examined.lost(),
                            examined.doubled(),
                            examined.wrong(),
                            DrillText.seconds(examined.longestAcknowledgementStall()),
                            DrillText.seconds(examined.longestProcessingStall()),
                            DrillText.seconds(examined.wholeAfter()),
                            examined.metAims() ? "met" : "missed"));
      }
      page.append("</tr>");
    }
    page.append("</table>");
  }

  private static String verdict(boolean passed) {
    return passed ? "<td class=\"good\">passed" : "<td class=\"bad\">failed";
  }

  private static void article(StringBuilder page, DrillResult result) {
    page.append("<article id=\"%s\"><h2>%1$s</h2><p>".formatted(result.drill().name()))
        .append(Html.text(result.drill().shows()))
        .append("</p>");
    switch (result) {
      case DrillResult.Skipped skipped ->
          page.append("<p class=\"soft\">Skipped: ")
              .append(Html.text(skipped.reason()))
              .append("</p>");
      case DrillResult.Stuck stuck -> {
        page.append("<p class=\"bad\">").append(Html.text(stuck.reason())).append("</p>");
        steps(page, stuck.marks(), stuck.marks().isEmpty() ? 0 : stuck.marks().getFirst().at());
      }
      case DrillResult.Controlled control ->
          page.append(
                  "<p>%s: %s</p><pre>"
                      .formatted(
                          Html.text(control.finding().check()),
                          Html.text(control.finding().detail())))
              .append(Html.text(String.join("\n", control.finding().examples())))
              .append("</pre>");
      case DrillResult.Examined examined -> examined(page, examined);
    }
    page.append("</article>");
  }

  private static void examined(StringBuilder page, DrillResult.Examined examined) {
    page.append(TimelineSvg.of(examined.timeline()));
    steps(page, examined.timeline().marks(), examined.timeline().begun());
    page.append("<table><tr><th>check<th>lost<th>doubled<th>wrong<th>what was compared</tr>");
    for (Finding finding : examined.findings()) {
      page.append(
          "<tr><td class=\"%s\">%s<td>%d<td>%d<td>%d<td>%s</tr>"
              .formatted(
                  finding.passed() ? "good" : "bad",
                  Html.text(finding.check()),
                  finding.lost(),
                  finding.doubled(),
                  finding.wrong(),
                  Html.text(finding.detail())));
    }
    page.append("</table>");
    examined.findings().stream()
        .filter(finding -> !finding.passed())
        .forEach(
            finding ->
                page.append("<pre>")
                    .append(Html.text(String.join("\n", finding.examples())))
                    .append("</pre>"));
    if (examined.answers().unexpected() > 0) {
      page.append(
              "<p class=\"bad\">%,d unexpected answers</p><pre>"
                  .formatted(examined.answers().unexpected()))
          .append(Html.text(String.join("\n", examined.answers().examples())))
          .append("</pre>");
    }
    long found = examined.controls().values().stream().filter(each -> each).count();
    page.append(
        String.format(
            Locale.ROOT,
            "<p class=\"soft\">%,d events sent, %,d acknowledged; %,d requests answered 2xx, %,d 503, %,d not at all, %,d not in time; the longest"
                + " answer took %s. Planted faults found: %d of %d. Load of the machine: %.1f.</p>",
            examined.sent(),
            examined.acknowledged(),
            examined.answers().acknowledged(),
            examined.answers().unavailable(),
            examined.answers().none(),
            examined.answers().tooLate(),
            DrillText.seconds(examined.answers().longest()),
            found,
            examined.controls().size(),
            examined.machineLoad()));
  }

  private static void steps(StringBuilder page, Iterable<Mark> marks, long begun) {
    page.append("<ol>");
    for (Mark mark : marks) {
      page.append(
          String.format(
              Locale.ROOT, "<li>%.1f s: %s", (mark.at() - begun) / 1e3, Html.text(mark.what())));
    }
    page.append("</ol>");
  }
}
