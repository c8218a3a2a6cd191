package io.millrace.streams;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * Gives all RocksDB stores of the process one block cache and one allowance of write buffers, so
 * that their memory is bounded however many partitions the process is given. Kafka Streams makes
 * one of these per store; what they share is made once and lives as long as the process.
 */
public final class BoundedRocksDb implements RocksDBConfigSetter {
  private static final long CACHE_BYTES = 96L << 20;
  private static final long WRITE_BUFFERS_BYTES = 48L << 20;
  private static final long WRITE_BUFFER_BYTES = 4L << 20;

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    // Kafka Streams puts this table configuration into the options before it calls.
    var table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(Shared.CACHE);
    table.setCacheIndexAndFilterBlocks(true);
    table.setPinTopLevelIndexAndFilter(true);
    table.setBlockSize(16 << 10);
    table.setFilterPolicy(Shared.FILTER);
    options.setTableFormatConfig(table);
    options.setWriteBufferManager(Shared.WRITE_BUFFERS);
    options.setWriteBufferSize(WRITE_BUFFER_BYTES);
    options.setMaxWriteBufferNumber(2);
  }

  @Override
  public void close(String storeName, Options options) {
    // Nothing was made for this store alone.
  }

  /** Made when the first store is, after the native library has been loaded. */
  private static final class Shared {
    static {
      RocksDB.loadLibrary();
    }

    static final Cache CACHE = new LRUCache(CACHE_BYTES);

    /** Write buffers are charged to the block cache, so that the cache's size bounds both. */
    static final WriteBufferManager WRITE_BUFFERS =
        new WriteBufferManager(WRITE_BUFFERS_BYTES, CACHE);

    static final BloomFilter FILTER = new BloomFilter(10);
  }
}
