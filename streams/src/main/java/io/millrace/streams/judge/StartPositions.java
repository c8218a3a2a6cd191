package io.millrace.streams.judge;

import java.util.OptionalLong;

/**
 * Where the tasks of stage 1 go on, as far as the cluster knows. Safe for any number of threads.
 */
@FunctionalInterface
public interface StartPositions {
  /** Of whom nobody can ask; a task waits for its next record then. */
  StartPositions UNKNOWN = partition -> OptionalLong.empty();

  /**
   * The offset of a partition of click-events before which everything was processed and committed,
   * and nothing else; empty where that cannot be told just now.
   */
  OptionalLong of(int partition);
}
