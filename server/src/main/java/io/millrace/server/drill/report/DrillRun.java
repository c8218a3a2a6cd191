package io.millrace.server.drill.report;

import io.millrace.server.drill.DrillResult;
import java.time.Instant;
import java.util.List;

/**
 * What was run together.
 *
 * @param version of the program
 * @param machine what it ran on, in a few words
 * @param rate events a second
 * @param seed that decided what was left to chance
 */
public record DrillRun(
    Instant begun,
    String version,
    String machine,
    String cluster,
    int rate,
    long seed,
    List<DrillResult> results) {

  public DrillRun {
    results = List.copyOf(results);
  }

  /** Whether none failed. */
  public boolean passed() {
    return results.stream().allMatch(DrillResult::passed);
  }
}
