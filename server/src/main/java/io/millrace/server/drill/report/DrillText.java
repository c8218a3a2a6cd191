package io.millrace.server.drill.report;

import io.millrace.server.drill.DrillResult;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What drills have shown, for a terminal. */
public final class DrillText {
  private static final String ROW = "  %-26s %-8s %6s %8s %6s %11s %11s %9s  %s%n";

  private DrillText() {}

  /** The head of the table. */
  public static String head() {
    return ROW.formatted(
        "drill",
        "verdict",
        "lost",
        "doubled",
        "wrong",
        "acks stall",
        "work stall",
        "whole",
        "aims");
  }

  /** A line of the table, and below it what is wrong. */
  public static String line(DrillResult result) {
    String name = result.drill().name();
    return switch (result) {
      case DrillResult.Skipped skipped -> "  %-26s skipped: %s%n".formatted(name, skipped.reason());
      case DrillResult.Stuck stuck -> "  %-26s STUCK: %s%n".formatted(name, stuck.reason());
      case DrillResult.Controlled control ->
          ROW.formatted(
              name,
              control.passed() ? "caught" : "BLIND",
              control.finding().lost(),
              control.finding().doubled(),
              control.finding().wrong(),
              "",
              "",
              "",
              "by " + control.finding().check());
      case DrillResult.Examined examined -> line(examined) + problems(examined);
    };
  }

  private static String line(DrillResult.Examined examined) {
    return ROW.formatted(
        examined.drill().name(),
        examined.passed() ? "passed" : "FAILED",
        examined.lost(),
        examined.doubled(),
        examined.wrong(),
        seconds(examined.longestAcknowledgementStall()),
        seconds(examined.longestProcessingStall()),
        seconds(examined.wholeAfter()),
        examined.metAims()
            ? "met"
            : String.format(Locale.ROOT, "missed, at load %.0f", examined.machineLoad()));
  }

  private static String problems(DrillResult.Examined examined) {
    var text = new StringBuilder();
    examined.findings().stream()
        .filter(finding -> !finding.passed())
        .forEach(
            finding -> {
              text.append("      %s: %s%n".formatted(finding.check(), finding.detail()));
              finding.examples().forEach(line -> text.append("        " + line + '\n'));
            });
    examined
        .controls()
        .forEach(
            (fault, found) -> {
              if (!found) {
                text.append("      a check is blind: not found that %s%n".formatted(fault));
              }
            });
    examined
        .endedByThemselves()
        .forEach(
            (process, times) ->
                text.append("      %s ended by itself: %d%n".formatted(process, times)));
    if (examined.answers().unexpected() > 0) {
      text.append("      unexpected answers: %d%n".formatted(examined.answers().unexpected()));
      examined.answers().examples().forEach(line -> text.append("        " + line + '\n'));
    }
    if (examined.acknowledged() < examined.sent()) {
      text.append(
          "      not acknowledged: %,d of %,d events that were sent%n"
              .formatted(examined.sent() - examined.acknowledged(), examined.sent()));
    }
    return text.toString();
  }

  /** How many of each there were. */
  public static String sum(List<DrillResult> results) {
    long skipped = results.stream().filter(DrillResult.Skipped.class::isInstance).count();
    long passed = results.stream().filter(DrillResult::passed).count() - skipped;
    long failed = results.size() - passed - skipped;
    return "%d passed, %d failed, %d skipped%n".formatted(passed, failed, skipped);
  }

  static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1e3);
  }
}
