package io.millrace.server.doctor;

import io.millrace.ops.doctor.Finding;
import io.millrace.ops.doctor.Finding.Severity;
import io.millrace.server.report.SafeText;
import java.util.List;

/**
 * Findings as a list to go through, what to do below each.
 *
 * <pre>
 * ok       3 brokers
 * PROBLEM  unclean.leader.election.enable is true
 *          → a replica that lacks acknowledged events may become the leader; set it to false
 * </pre>
 */
public record ExaminationReport(List<Finding> findings) {
  public ExaminationReport {
    findings = List.copyOf(findings);
  }

  /** Whether an instance can be started and keeps what it acknowledges. */
  public boolean isWell() {
    return count(Severity.PROBLEM) == 0;
  }

  /** The text. */
  public String render() {
    var text = new StringBuilder();
    for (Finding finding : findings) {
      text.append(word(finding.severity())).append(SafeText.of(finding.what())).append('\n');
      if (!finding.advice().isEmpty()) {
        text.append("         → ").append(SafeText.of(finding.advice())).append('\n');
      }
    }
    return text.append('\n').append(verdict()).append('\n').toString();
  }

  private String verdict() {
    long problems = count(Severity.PROBLEM);
    long warnings = count(Severity.WARNING);
    if (problems + warnings == 0) {
      return "all is well";
    }
    return problems
        + (problems == 1 ? " problem, " : " problems, ")
        + warnings
        + (warnings == 1 ? " warning" : " warnings");
  }

  private long count(Severity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).count();
  }

  private static String word(Severity severity) {
    return switch (severity) {
      case OK -> "ok       ";
      case WARNING -> "warning  ";
      case PROBLEM -> "PROBLEM  ";
    };
  }
}
