package io.millrace.bench;

import io.millrace.model.TopicLayout;
import io.millrace.model.cell.Cell;
import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Grain;
import io.millrace.streams.BoundedRocksDb;
import io.millrace.views.CellReader;
import io.millrace.views.GroupScan;
import io.millrace.views.KeptSince;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.EnvOptions;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.SstFileWriter;

/**
 * Cells in RocksDB, set up as the program's stores are and one for each of its partitions, but
 * written in one go. Written by one thread, then read by any.
 */
final class StoredCells implements CellReader, AutoCloseable {
  private static final int PARTITIONS = TopicLayout.LOCAL.rollupPartitions();

  private final List<RocksDB> stores = new ArrayList<>();
  private final List<Options> options = new ArrayList<>();
  private final List<SstFileWriter> writers = new ArrayList<>();
  private final Path folder;
  private long count;

  StoredCells(Path folder) throws RocksDBException {
    this.folder = folder;
    for (int partition = 0; partition < PARTITIONS; partition++) {
      var each = new Options().setCreateIfMissing(true);
      each.setTableFormatConfig(new BlockBasedTableConfig());
      new BoundedRocksDb().setConfig("cells", each, Map.of());
      options.add(each);
      stores.add(RocksDB.open(each, folder.resolve("store-" + partition).toString()));
      var writer = new SstFileWriter(new EnvOptions(), each);
      writer.open(file(partition));
      writers.add(writer);
    }
  }

  private String file(int partition) {
    return folder.resolve("cells-" + partition + ".sst").toString();
  }

  /** Adds a cell; those of a partition come in the order of their keys. */
  void add(int partition, byte[] key, byte[] cell) throws RocksDBException {
    writers.get(partition % PARTITIONS).put(key, cell);
    count++;
  }

  long count() {
    return count;
  }

  /** Makes what was added readable. */
  void finish() throws RocksDBException {
    for (int partition = 0; partition < PARTITIONS; partition++) {
      writers.get(partition).finish();
      writers.get(partition).close();
      try (var ingest = new IngestExternalFileOptions().setMoveFiles(true)) {
        stores.get(partition).ingestExternalFile(List.of(file(partition)), ingest);
      }
    }
  }

  @Override
  public void scan(
      String view,
      Grain grain,
      String site,
      long from,
      long to,
      BiConsumer<CellKey, Cell> receiver) {
    byte[] first = CellKey.rangeBound(view, grain, site, from);
    byte[] last = CellKey.rangeBound(view, grain, site, to);
    for (RocksDB store : stores) {
      read(
          store,
          first,
          last,
          (key, cell) -> {
            receiver.accept(CellKey.parse(key), Cell.parse(cell));
            return true;
          });
    }
  }

  @Override
  public void scanGroup(
      String view,
      Grain grain,
      String site,
      long from,
      long to,
      List<String> group,
      BiConsumer<CellKey, Cell> receiver) {
    for (RocksDB store : stores) {
      GroupScan.scan(
          (first, last, wanted) -> read(store, first, last, wanted),
          view,
          grain,
          site,
          from,
          to,
          group,
          (key, cell) -> receiver.accept(CellKey.parse(key), Cell.parse(cell)));
    }
  }

  /** By an iterator of its own each time, as Kafka Streams reads. */
  private static void read(
      RocksDB store, byte[] first, byte[] last, BiPredicate<byte[], byte[]> wanted) {
    try (var reading = new ReadOptions();
        RocksIterator range = store.newIterator(reading)) {
      range.seek(first);
      boolean isMoreWanted = true;
      while (isMoreWanted && range.isValid()) {
        byte[] key = range.key();
        isMoreWanted = Arrays.compareUnsigned(key, last) < 0 && wanted.test(key, range.value());
        range.next();
      }
    }
  }

  @Override
  public KeptSince keptSince(String view, String site) {
    return KeptSince.EVERYTHING;
  }

  @Override
  public void close() {
    stores.forEach(RocksDB::close);
    options.forEach(Options::close);
  }
}
