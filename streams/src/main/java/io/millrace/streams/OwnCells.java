package io.millrace.streams;

import io.millrace.views.CellsUnavailableException;
import java.util.Map;
import java.util.Optional;

/**
 * The cells that one process has, by partition: those it works on, and copies of those that others
 * work on. Safe for any number of threads.
 */
public interface OwnCells {

  /** How many partitions of cells there are, here or elsewhere. */
  int partitions();

  /**
   * The cells of a partition that this process works on, as its last transaction left them.
   *
   * @throws CellsUnavailableException where it does not, or not yet
   */
  PartitionCells cells(int partition);

  /**
   * The cells of a partition that this process works on or has a copy of, however far behind.
   *
   * @throws CellsUnavailableException where it has none
   */
  PartitionCells copy(int partition);

  /**
   * How far the copies have followed the topic of changes; asks the cluster. Also of partitions
   * that this process works on. Empty when the cluster does not say just now.
   */
  Optional<Map<Integer, ChangelogPosition>> positions();

  /** A number that is another one whenever cells here may have changed. */
  long version();

  /** Whether this process works on a partition. */
  default boolean has(int partition) {
    try {
      var _ = cells(partition);
      return true;
    } catch (CellsUnavailableException elsewhere) {
      return false;
    }
  }

  /**
   * How far a copy is.
   *
   * @param position of the next record that it will take
   * @param end of the topic of changes
   */
  record ChangelogPosition(long position, long end) {

    /**
     * Records that it has not taken. Each transaction ends with a mark, which is no record: of the
     * last one it is known.
     */
    public long lag() {
      return Math.max(0, end - 1 - position);
    }
  }

  /** Of a process that has no cells. */
  static OwnCells none(int partitions) {
    return new OwnCells() {
      @Override
      public int partitions() {
        return partitions;
      }

      @Override
      public PartitionCells cells(int partition) {
        throw new CellsUnavailableException(
            "There are no cells here", new IllegalStateException("no processor"));
      }

      @Override
      public PartitionCells copy(int partition) {
        return cells(partition);
      }

      @Override
      public Optional<Map<Integer, ChangelogPosition>> positions() {
        return Optional.of(Map.of());
      }

      @Override
      public long version() {
        return 0;
      }
    };
  }
}
