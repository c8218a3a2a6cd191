package io.millrace.streams.sharing;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.assignment.ProcessId;

/**
 * A process that shares the work.
 *
 * @param threads that process tasks, at least 1
 * @param working the tasks that it works on now
 * @param lags by how many records its copy of a task's state is behind; of tasks whose state it
 *     does not know how far it has, none
 * @param isWarm whether it has been there for long enough to go on at once with what it is given
 * @param rack where it stands
 */
record Worker(
    ProcessId id,
    int threads,
    Set<TaskId> working,
    Map<TaskId, Long> lags,
    boolean isWarm,
    Optional<String> rack) {
  Worker {
    working = Set.copyOf(working);
    lags = Map.copyOf(lags);
  }

  long lag(TaskId task) {
    return working.contains(task) ? 0 : lags.getOrDefault(task, Long.MAX_VALUE);
  }
}
