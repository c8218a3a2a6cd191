package io.millrace.server.cells;

import io.millrace.streams.OwnCells;
import io.millrace.streams.PartitionCells;
import io.millrace.views.CellsUnavailableException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The cells of a process that there is not, in memory. */
final class FakeOwnCells implements OwnCells {
  final Map<Integer, StoredPartition> active = new HashMap<>();
  final Map<Integer, StoredPartition> copies = new HashMap<>();
  final Map<Integer, ChangelogPosition> positions = new HashMap<>();
  boolean areKnown = true;
  private final int partitions;

  FakeOwnCells(int partitions) {
    this.partitions = partitions;
  }

  @Override
  public int partitions() {
    return partitions;
  }

  @Override
  public PartitionCells cells(int partition) {
    return cells(active, partition);
  }

  @Override
  public PartitionCells copy(int partition) {
    return cells(copies, partition);
  }

  private static PartitionCells cells(Map<Integer, StoredPartition> some, int partition) {
    StoredPartition stored = some.get(partition);
    if (stored == null) {
      throw new CellsUnavailableException("not here", new IllegalStateException("elsewhere"));
    }
    return stored.cells();
  }

  @Override
  public Optional<Map<Integer, ChangelogPosition>> positions() {
    return areKnown ? Optional.of(positions) : Optional.empty();
  }

  @Override
  public long version() {
    return 7;
  }
}
