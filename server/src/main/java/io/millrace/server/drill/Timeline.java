package io.millrace.server.drill;

import java.util.Collection;
import java.util.List;

/**
 * How a drill went, in steps of time.
 *
 * @param begun in milliseconds since 1970
 * @param stepMillis how long a step is
 * @param acknowledged events in each step
 * @param visible outcomes in each step
 * @param marks what was done
 */
public record Timeline(
    long begun, long stepMillis, List<Long> acknowledged, List<Long> visible, List<Mark> marks) {
  private static final long STEP_MILLIS = 500;

  public Timeline {
    acknowledged = List.copyOf(acknowledged);
    visible = List.copyOf(visible);
    marks = List.copyOf(marks);
  }

  /** Counts what happened when. */
  static Timeline of(
      long begun,
      long ended,
      Collection<Long> acknowledged,
      Collection<Long> visible,
      List<Mark> marks) {
    return new Timeline(
        begun,
        STEP_MILLIS,
        counts(begun, ended, acknowledged),
        counts(begun, ended, visible),
        marks);
  }

  private static List<Long> counts(long begun, long ended, Collection<Long> times) {
    var counts = new Long[(int) ((ended - begun) / STEP_MILLIS) + 1];
    java.util.Arrays.fill(counts, 0L);
    for (long time : times) {
      if (time >= begun && time <= ended) {
        counts[(int) ((time - begun) / STEP_MILLIS)]++;
      }
    }
    return List.of(counts);
  }
}
