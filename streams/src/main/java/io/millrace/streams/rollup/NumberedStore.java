package io.millrace.streams.rollup;

import io.millrace.model.codec.ByteReader;
import io.millrace.model.codec.ByteWriter;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * A store of a task that holds, beside what its processor puts there, the number of the last commit
 * that changed it, under the empty key. Nobody else sees that one. Belongs to the thread of its
 * task.
 */
final class NumberedStore implements KeyValueStore<byte[], byte[]> {
  private static final byte[] NUMBER = {};

  private final KeyValueStore<byte[], byte[]> store;
  private long number;
  private boolean hasChanged;

  NumberedStore(KeyValueStore<byte[], byte[]> store) {
    this.store = store;
    byte @Nullable [] stored = store.get(NUMBER);
    number = stored == null ? 0 : new ByteReader(stored).readFixedLong();
  }

  /** The number of the last commit that changed it; 0 before the first that had one. */
  long number() {
    return number;
  }

  /** Whether anything was put since it was last numbered. */
  boolean hasChanged() {
    return hasChanged;
  }

  /** Goes on from a number that is not its own, as the next must not have been there before. */
  void follow(long other) {
    number = Math.max(number, other);
  }

  /** What was put up to now is of another commit, which gets the next number. */
  void count() {
    number++;
    var out = new ByteWriter(Long.BYTES);
    out.writeFixedLong(number);
    store.put(NUMBER, out.toBytes());
    hasChanged = false;
  }

  /** The store itself. */
  StateStore unwrapped() {
    return store;
  }

  @Override
  public void put(byte[] key, byte[] value) {
    hasChanged = true;
    store.put(key, value);
  }

  @Override
  public byte[] putIfAbsent(byte[] key, byte[] value) {
    hasChanged = true;
    return store.putIfAbsent(key, value);
  }

  @Override
  public void putAll(List<KeyValue<byte[], byte[]>> entries) {
    hasChanged |= !entries.isEmpty();
    store.putAll(entries);
  }

  @Override
  public byte[] delete(byte[] key) {
    hasChanged = true;
    return store.delete(key);
  }

  @Override
  public byte[] get(byte[] key) {
    return store.get(key);
  }

  @Override
  public KeyValueIterator<byte[], byte[]> range(byte[] from, byte[] to) {
    return new WithoutNumber(store.range(from, to));
  }

  @Override
  public KeyValueIterator<byte[], byte[]> reverseRange(byte[] from, byte[] to) {
    return new WithoutNumber(store.reverseRange(from, to));
  }

  @Override
  public KeyValueIterator<byte[], byte[]> all() {
    return new WithoutNumber(store.all());
  }

  @Override
  public KeyValueIterator<byte[], byte[]> reverseAll() {
    return new WithoutNumber(store.reverseAll());
  }

  /** With the number. */
  @Override
  public long approximateNumEntries() {
    return store.approximateNumEntries();
  }

  @Override
  public String name() {
    return store.name();
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    throw new UnsupportedOperationException("its task opens the store");
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException("its task closes the store");
  }

  @Override
  public boolean persistent() {
    return store.persistent();
  }

  @Override
  public boolean isOpen() {
    return store.isOpen();
  }

  /** Passes over the entry that is not the processor's. */
  private static final class WithoutNumber implements KeyValueIterator<byte[], byte[]> {
    private final KeyValueIterator<byte[], byte[]> entries;

    WithoutNumber(KeyValueIterator<byte[], byte[]> entries) {
      this.entries = entries;
    }

    @Override
    public boolean hasNext() {
      if (entries.hasNext() && entries.peekNextKey().length == 0) {
        entries.next();
      }
      return entries.hasNext();
    }

    @Override
    public KeyValue<byte[], byte[]> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return entries.next();
    }

    @Override
    public byte[] peekNextKey() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return entries.peekNextKey();
    }

    @Override
    public void close() {
      entries.close();
    }
  }
}
