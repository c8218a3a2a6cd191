package io.millrace.streams.rollup;

import io.millrace.model.cell.Cell;
import io.millrace.model.codec.ByteWriter;
import io.millrace.model.codec.MalformedBytesException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cells of one partition that partials were last merged into, between them and the store.
 *
 * <p>The cells of the current windows are merged into again and again. Here they are objects, so
 * that a merge reads and writes no bytes; those that have changed are written at once when {@link
 * #writeChanged} is called, each once however many partials it met. It takes the place of Kafka
 * Streams' record cache, which holds bytes. Belongs to one thread.
 */
final class CellCache {
  /** Of what is kept beyond the changed ones, estimated; on the heap it may be twice that. */
  private static final long MOST_BYTES = 8L << 20;

  /** For the objects around a cell's key and value. */
  private static final int BYTES_PER_CELL = 200;

  private static final Logger log = LoggerFactory.getLogger(CellCache.class);

  private final KeyValueStore<byte[], byte[]> store;
  private final Map<Key, Entry> entries = new LinkedHashMap<>(1024, 0.75f, true);
  private final List<Entry> changed = new ArrayList<>();
  private final ByteWriter out = new ByteWriter(256);
  private long bytes;

  CellCache(KeyValueStore<byte[], byte[]> store) {
    this.store = store;
  }

  /** Merges a partial, which fits the view, into the cell of a key. */
  void merge(MergedView view, byte[] key, Cell partial) {
    var sought = new Key(key);
    Entry entry = entries.get(sought);
    if (entry == null) {
      entry = new Entry(view, key, mergedWithStored(view, key, partial));
      entries.put(sought, entry);
    } else if (view.isBuiltIn() || entry.cell.hasShapeOf(partial)) {
      entry.cell.merge(partial);
    } else {
      // Of one that is built in it is known before.
      log.atError().addKeyValue("view", view.name()).log("A partial has another shape");
      return;
    }
    if (!entry.isChanged) {
      entry.isChanged = true;
      changed.add(entry);
    }
  }

  private Cell mergedWithStored(MergedView view, byte[] key, Cell partial) {
    byte @Nullable [] stored = store.get(key);
    if (stored == null) {
      return view.newCell(partial);
    }
    try {
      Cell cell = Cell.parse(stored);
      if (cell.hasShapeOf(partial)) {
        cell.merge(partial);
        return cell;
      }
      log.atError().addKeyValue("view", view.name()).log("A stored cell has another shape");
    } catch (MalformedBytesException malformed) {
      log.atError()
          .addKeyValue("view", view.name())
          .setCause(malformed)
          .log("A stored cell cannot be read");
    }
    // To stop here would stop for good: the cell would be as bad at the next attempt.
    return view.newCell(partial);
  }

  /** How many cells have changed since they were last written. */
  int changed() {
    return changed.size();
  }

  /**
   * Writes what has changed.
   *
   * @param receiver takes each, after it was written
   */
  void writeChanged(Receiver receiver) {
    if (changed.isEmpty()) {
      return;
    }
    var written = new ArrayList<KeyValue<byte[], byte[]>>(changed.size());
    for (Entry entry : changed) {
      byte @Nullable [] value = entry.cell.isNothing() ? null : toBytes(entry.cell);
      written.add(keyValue(entry.key, value));
      entry.isChanged = false;
      bytes -= entry.bytes;
      entry.bytes = BYTES_PER_CELL + entry.key.length + (value == null ? 0 : value.length);
      bytes += entry.bytes;
    }
    store.putAll(written);
    for (Entry entry : changed) {
      receiver.accept(entry.view, entry.key, entry.cell);
    }
    changed.clear();
    evict();
  }

  /**
   * Deletes the first cells of a range of keys, here and in the store. To be called when everything
   * that has changed was written.
   *
   * @param to end of the range; no longer included
   * @param most how many of them
   * @return their keys, in order
   */
  List<byte[]> delete(byte[] from, byte[] to, int most) {
    if (!changed.isEmpty()) {
      throw new IllegalStateException("cells have changed and are not written: " + changed.size());
    }
    var deletions = new ArrayList<KeyValue<byte[], byte[]>>();
    try (var range = store.range(from, to)) {
      while (deletions.size() < most && range.hasNext()) {
        byte[] key = range.next().key;
        // The store's ranges include their ends.
        if (Arrays.compareUnsigned(key, to) < 0) {
          deletions.add(keyValue(key, null));
        }
      }
    }
    store.putAll(deletions);
    List<byte[]> keys = deletions.stream().map(deletion -> deletion.key).toList();
    for (byte[] key : keys) {
      Entry cached = entries.remove(new Key(key));
      if (cached != null) {
        bytes -= cached.bytes;
      }
    }
    return keys;
  }

  private byte[] toBytes(Cell cell) {
    out.reset();
    cell.writeTo(out);
    return out.toBytes();
  }

  @SuppressWarnings("NullAway") // no value is a deletion
  private static KeyValue<byte[], byte[]> keyValue(byte[] key, byte @Nullable [] value) {
    return new KeyValue<>(key, value);
  }

  private void evict() {
    Iterator<Entry> leastRecentFirst = entries.values().iterator();
    while (bytes > MOST_BYTES && leastRecentFirst.hasNext()) {
      bytes -= leastRecentFirst.next().bytes;
      leastRecentFirst.remove();
    }
  }

  /** Takes a cell that has changed. */
  @FunctionalInterface
  interface Receiver {
    void accept(MergedView view, byte[] key, Cell cell);
  }

  private static final class Entry {
    private final MergedView view;
    private final byte[] key;
    private final Cell cell;
    private boolean isChanged;
    private int bytes;

    Entry(MergedView view, byte[] key, Cell cell) {
      this.view = view;
      this.key = key;
      this.cell = cell;
    }
  }

  private record Key(byte[] bytes) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key same && Arrays.equals(bytes, same.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }
  }
}
