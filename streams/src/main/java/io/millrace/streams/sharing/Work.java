package io.millrace.streams.sharing;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.TaskId;

/**
 * A task that one process is to work on.
 *
 * @param hasState which whoever takes it over needs a copy of
 * @param racks where replicas of its partitions are; empty where that is not known
 */
record Work(TaskId id, boolean hasState, Set<String> racks) {
  Work {
    racks = Set.copyOf(racks);
  }

  boolean isNear(Optional<String> rack) {
    return rack.filter(racks::contains).isPresent();
  }
}
