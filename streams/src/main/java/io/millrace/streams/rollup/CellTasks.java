package io.millrace.streams.rollup;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which partitions of cells this process works on just now, and how often their cells have changed.
 * Safe for any number of threads.
 *
 * <p>The tasks say so themselves, from when they have all their state until they are ended, since
 * Kafka Streams does not tell: it gives out a store by its name whether there is one or not, and
 * takes a task whose state is thrown away and read again for one that runs.
 */
public final class CellTasks {
  private final Map<Integer, Long> turns = new ConcurrentHashMap<>();
  private final AtomicLong latestTurn = new AtomicLong();
  private final AtomicLong changes = new AtomicLong();

  /** A task has all its cells, and begins to work. */
  void begin(int partition) {
    turns.put(partition, latestTurn.incrementAndGet());
    changed();
  }

  /** The cells of a task have changed for whoever reads them. */
  void changed() {
    changes.incrementAndGet();
  }

  /** A task works no longer. */
  void end(int partition) {
    turns.remove(partition);
  }

  /**
   * The number of the turn in which a partition is worked on, another one each time that its work
   * begins; empty while it is not.
   */
  public OptionalLong turn(int partition) {
    Long turn = turns.get(partition);
    return turn == null ? OptionalLong.empty() : OptionalLong.of(turn);
  }

  /** A number that rises whenever cells may have changed for whoever reads them. */
  public long changes() {
    return changes.get();
  }
}
