package io.millrace.server.cells;

import io.millrace.model.cell.Cell;
import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Grain;
import io.millrace.model.cell.LongAccumulator;
import io.millrace.streams.PartitionCells;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/** A partition of cells in memory, ordered as RocksDB does. */
final class StoredPartition implements ReadOnlyKeyValueStore<byte[], byte[]> {
  static final String VIEW = "pages";
  static final String SITE = "demo";

  private final TreeMap<byte[], byte[]> cells = new TreeMap<>(Arrays::compareUnsigned);

  /** Adds a cell of a group that counts so much. */
  StoredPartition with(String group, long count) {
    var sum = LongAccumulator.sum();
    sum.add(count);
    var key = new CellKey(VIEW, Grain.DAY, SITE, 0, List.of(group));
    cells.put(key.toBytes(), new Cell(List.of(sum)).toBytes());
    return this;
  }

  PartitionCells cells() {
    return new PartitionCells(this);
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    return cells.get(key);
  }

  @Override
  public KeyValueIterator<byte[], byte[]> range(byte[] from, byte[] to) {
    return new Entries(cells.subMap(from, true, to, true).entrySet().iterator());
  }

  @Override
  public KeyValueIterator<byte[], byte[]> all() {
    return new Entries(cells.entrySet().iterator());
  }

  @Override
  public long approximateNumEntries() {
    return cells.size();
  }

  private record Entries(Iterator<Map.Entry<byte[], byte[]>> entries)
      implements KeyValueIterator<byte[], byte[]> {
    @Override
    public boolean hasNext() {
      return entries.hasNext();
    }

    @Override
    public KeyValue<byte[], byte[]> next() {
      Map.Entry<byte[], byte[]> next = entries.next();
      return KeyValue.pair(next.getKey(), next.getValue());
    }

    @Override
    public byte[] peekNextKey() {
      throw new UnsupportedOperationException("nobody looks ahead");
    }

    @Override
    public void close() {}
  }
}
