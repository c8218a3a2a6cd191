package io.millrace.server.accesslog;

import io.millrace.server.accesslog.ImportTally.Finding;
import io.millrace.server.accesslog.ImportTally.Findings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The counts of an import while it goes on. For one thread. */
final class ImportCounts {
  private final List<Finding> malformed = new ArrayList<>();
  private final List<Finding> refused = new ArrayList<>();
  private Instant earliest = Instant.MAX;
  private Instant latest = Instant.MIN;
  private long malformedLines;
  private long refusedLines;
  private long skipped;
  private long accepted;
  private long unanswered;
  private String failure = "";

  void malformed(long line, String reason) {
    malformedLines++;
    keep(malformed, line, reason);
  }

  void refused(long line, String reason) {
    refusedLines++;
    keep(refused, line, reason);
  }

  void skipped() {
    skipped++;
  }

  void accepted(long events) {
    accepted += events;
  }

  void failed(long eventsUnanswered, String reason) {
    unanswered += eventsUnanswered;
    failure = reason;
  }

  void happened(Instant time) {
    earliest = time.isBefore(earliest) ? time : earliest;
    latest = time.isAfter(latest) ? time : latest;
  }

  boolean hasFailed() {
    return !failure.isEmpty();
  }

  long acceptedSoFar() {
    return accepted;
  }

  ImportTally tally(LogFormat format) {
    boolean any = !latest.equals(Instant.MIN);
    return new ImportTally(
        format,
        malformedLines + skipped + accepted + refusedLines + unanswered,
        new Findings(malformedLines, malformed),
        skipped,
        accepted,
        new Findings(refusedLines, refused),
        unanswered,
        any ? Optional.of(earliest) : Optional.empty(),
        any ? Optional.of(latest) : Optional.empty(),
        failure.isEmpty() ? Optional.empty() : Optional.of(failure));
  }

  private static void keep(List<Finding> findings, long line, String reason) {
    if (findings.size() < Findings.FIRST) {
      findings.add(new Finding(line, reason));
    }
  }
}
