package io.millrace.server.drill;

import io.millrace.server.drill.load.AnswerTally;
import io.millrace.server.drill.proof.Finding;
import io.millrace.server.drill.proof.PartitionStalls;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What came of a drill. */
public sealed interface DrillResult {

  Drill drill();

  /** Whether nothing failed; what was skipped has not failed. */
  boolean passed();

  /**
   * It was not run.
   *
   * @param reason what this machine lacks
   */
  record Skipped(Drill drill, String reason) implements DrillResult {
    @Override
    public boolean passed() {
      return true;
    }
  }

  /**
   * It could not be carried through.
   *
   * @param reason what did not come to pass
   */
  record Stuck(Drill drill, String reason, List<Mark> marks) implements DrillResult {
    public Stuck {
      marks = List.copyOf(marks);
    }

    @Override
    public boolean passed() {
      return false;
    }
  }

  /**
   * Something careless was done on purpose, to see that a check finds what comes of it.
   *
   * @param finding of the check
   * @param caught how much of the damage it was to find
   */
  record Controlled(Drill drill, Finding finding, long caught) implements DrillResult {

    /** When the check has found the damage: a check that passes here is no check. */
    @Override
    public boolean passed() {
      return finding.compared() > 0 && caught > 0;
    }
  }

  /**
   * It was run, and looked at.
   *
   * @param findings of every check
   * @param controls for each planted fault, by what it is, whether the checks found it
   * @param wholeAfter how long after the last step everything was whole and all was processed
   * @param endedByThemselves how often a process ended without being told to, by its name; more
   *     than once is a loop
   * @param machineLoad the load average of the machine at the end, of the last minute
   */
  record Examined(
      Drill drill,
      List<Finding> findings,
      Map<String, Boolean> controls,
      List<PartitionStalls> stalls,
      Duration wholeAfter,
      AnswerTally answers,
      long sent,
      long acknowledged,
      Timeline timeline,
      Map<String, Integer> endedByThemselves,
      double machineLoad)
      implements DrillResult {
    public Examined {
      findings = List.copyOf(findings);
      controls = Map.copyOf(controls);
      stalls = List.copyOf(stalls);
      endedByThemselves = Map.copyOf(endedByThemselves);
    }

    @Override
    public boolean passed() {
      return findings.stream().allMatch(Finding::passed)
          && controls.values().stream().allMatch(found -> found)
          && answers.unexpected() == 0
          && endedByThemselves.values().stream().allMatch(times -> times <= 1)
          && acknowledged == sent;
    }

    public long lost() {
      return findings.stream().mapToLong(Finding::lost).sum();
    }

    public long doubled() {
      return findings.stream().mapToLong(Finding::doubled).sum();
    }

    public long wrong() {
      return findings.stream().mapToLong(Finding::wrong).sum();
    }

    /** The longest of all partitions. */
    public Duration longestAcknowledgementStall() {
      return Duration.ofMillis(
          stalls.stream().mapToLong(each -> each.acknowledgements().millis()).max().orElse(0));
    }

    /** The longest of all partitions. */
    public Duration longestProcessingStall() {
      return Duration.ofMillis(
          stalls.stream().mapToLong(each -> each.processing().millis()).max().orElse(0));
    }

    /** Whether it took no longer than it should on a quiet machine. */
    public boolean metAims() {
      return longestAcknowledgementStall().compareTo(drill.aims().acknowledgements()) <= 0
          && longestProcessingStall().compareTo(drill.aims().processing()) <= 0
          && answers.longest().compareTo(drill.aims().answer()) <= 0;
    }
  }
}
