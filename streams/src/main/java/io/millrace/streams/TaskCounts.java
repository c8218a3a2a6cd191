package io.millrace.streams;

/**
 * How much of the group's work a process has.
 *
 * @param active tasks that it works on
 * @param standby tasks whose state it keeps a copy of
 */
public record TaskCounts(int active, int standby) {
  TaskCounts plus(TaskCounts other) {
    return new TaskCounts(active + other.active, standby + other.standby);
  }
}
