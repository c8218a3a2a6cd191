package io.millrace.streams.visitor;

import io.millrace.model.ClickKey;
import io.millrace.model.codec.ByteReader;
import io.millrace.model.codec.ByteWriter;
import io.millrace.model.codec.MalformedBytesException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of the visitors of one partition: of each visitor one record, so that an event costs
 * one read and one write however many parts of the program remember something of a visitor.
 *
 * <pre>
 *   version 1 byte │ length, bytes of part 0 │ length, bytes of part 1 │ …
 * </pre>
 *
 * A part that remembers nothing has length 0; a visitor of whom no part remembers anything has no
 * record. Visitors who were here lately are kept as objects, and what has changed is written by
 * {@link #writeChanged}, at once and each visitor once; it takes the place of Kafka Streams' record
 * cache. Belongs to one thread.
 */
public final class VisitorStates {
  private static final int VERSION = 1;
  private static final int MOST_PARTS = 2;

  /** Of visitors kept beyond those that have changed, estimated; on the heap it may be more. */
  private static final long MOST_BYTES = 4L << 20;

  /** For the objects around a record. */
  private static final int BYTES_PER_VISITOR = 400;

  /** Beyond this they are written before the commit, to bound what is kept of them. */
  private static final int MOST_CHANGED = 4_000;

  /** The same for visitors who were only looked at, as those of an import that is repeated. */
  private static final int MOST_READ = 10_000;

  private static final Logger log = LoggerFactory.getLogger(VisitorStates.class);

  private final KeyValueStore<byte[], byte[]> store;
  private final List<PartCodec<?>> codecs = new ArrayList<>(MOST_PARTS);
  private final Map<ClickKey, State> states = new LinkedHashMap<>(1024, 0.75f, true);
  private final List<State> changed = new ArrayList<>();
  private final ByteWriter out = new ByteWriter(1024);
  private final ByteWriter partOut = new ByteWriter(1024);
  private long bytes;
  private int readSinceWrite;

  /** What is in a store that nothing else writes to. */
  public VisitorStates(KeyValueStore<byte[], byte[]> store) {
    this.store = store;
  }

  /**
   * One part of every visitor's state.
   *
   * @param <T> the part as an object
   */
  public final class Part<T> {
    private final int index;
    private final PartCodec<T> codec;

    private Part(int index, PartCodec<T> codec) {
      this.index = index;
      this.codec = codec;
    }

    /** What is remembered of a visitor; null for nothing. */
    public @Nullable T read(ClickKey visitor) {
      State state = state(visitor);
      byte @Nullable [] stored = state.stored[index];
      if (stored != null) {
        state.parts[index] = decode(visitor, stored);
        state.stored[index] = null;
      }
      @SuppressWarnings("unchecked") // nobody else writes a part of this index
      T part = (T) state.parts[index];
      return part;
    }

    private @Nullable T decode(ClickKey visitor, byte[] stored) {
      try {
        return codec.decode(visitor, stored);
      } catch (MalformedBytesException | IllegalArgumentException malformed) {
        // To stop here would stop for good: it would be as bad at the next attempt.
        log.atError().setCause(malformed).log("A part of a visitor's state cannot be read");
        return null;
      }
    }

    /** Remembers something else of a visitor from now on, or nothing. */
    public void write(ClickKey visitor, @Nullable T part) {
      State state = state(visitor);
      state.parts[index] = part;
      state.stored[index] = null;
      if (!state.isChanged) {
        state.isChanged = true;
        changed.add(state);
      }
      if (changed.size() > MOST_CHANGED) {
        writeChanged();
      }
    }

    /**
     * Hands over what the store has of this part; without what has changed since the last write.
     *
     * @param first the first visitor, as bytes of the key; null for the first of all
     * @param most how many to look at
     * @return the first one not looked at; null at the end
     */
    public byte @Nullable [] scan(byte @Nullable [] first, int most, Receiver<T> receiver) {
      try (KeyValueIterator<byte[], byte[]> entries = from(store, first)) {
        int seen = 0;
        while (entries.hasNext()) {
          KeyValue<byte[], byte[]> entry = entries.next();
          if (seen == most) {
            return entry.key;
          }
          seen++;
          ClickKey visitor = ClickKey.parse(entry.key);
          byte @Nullable [] part = split(entry.value)[index];
          receiver.accept(visitor, part == null ? null : decode(visitor, part));
        }
        return null;
      }
    }
  }

  /**
   * Takes one visitor and what is stored of a part; null for nothing.
   *
   * @param <T> the part as an object
   */
  @FunctionalInterface
  public interface Receiver<T> {
    void accept(ClickKey visitor, @Nullable T part);
  }

  /**
   * The next part. The parts are what they are by their order, so it must be the same at every
   * start.
   */
  public <T> Part<T> addPart(PartCodec<T> codec) {
    if (codecs.size() == MOST_PARTS) {
      throw new IllegalStateException("a visitor's state has " + MOST_PARTS + " parts");
    }
    codecs.add(codec);
    return new Part<>(codecs.size() - 1, codec);
  }

  private State state(ClickKey visitor) {
    State state = states.get(visitor);
    if (state == null) {
      byte[] key = visitor.toBytes();
      byte @Nullable [] stored = store.get(key);
      state = new State(key, stored == null ? new byte[MOST_PARTS][] : split(stored));
      state.bytes = weight(stored);
      bytes += state.bytes;
      readSinceWrite++;
      if (readSinceWrite > MOST_READ) {
        writeChanged();
      }
      states.put(visitor, state);
    }
    return state;
  }

  private static byte[] @Nullable [] split(byte[] stored) {
    var parts = new byte[MOST_PARTS] @Nullable [];
    try {
      var in = new ByteReader(stored);
      int version = in.readByte();
      if (version != VERSION) {
        throw new MalformedBytesException("the state of a visitor has version " + version);
      }
      for (int i = 0; i < MOST_PARTS && in.remaining() > 0; i++) {
        byte[] part = in.readBytes();
        parts[i] = part.length == 0 ? null : part;
      }
    } catch (MalformedBytesException malformed) {
      log.atError().setCause(malformed).log("The state of a visitor cannot be read");
    }
    return parts;
  }

  /** Writes what has changed; to be called before each commit. */
  public void writeChanged() {
    readSinceWrite = 0;
    if (!changed.isEmpty()) {
      write();
    }
    evict();
  }

  private void write() {
    var entries = new ArrayList<KeyValue<byte[], byte[]>>(changed.size());
    for (State state : changed) {
      byte @Nullable [] value = join(state);
      entries.add(entry(state.key, value));
      state.isChanged = false;
      bytes -= state.bytes;
      state.bytes = weight(value);
      bytes += state.bytes;
    }
    store.putAll(entries);
    changed.clear();
  }

  /** About what a visitor takes on the heap, in bytes. */
  private static int weight(byte @Nullable [] value) {
    return BYTES_PER_VISITOR + (value == null ? 0 : 3 * value.length);
  }

  @SuppressWarnings("NullAway") // no value is a deletion
  private static KeyValue<byte[], byte[]> entry(byte[] key, byte @Nullable [] value) {
    return new KeyValue<>(key, value);
  }

  private byte @Nullable [] join(State state) {
    out.reset();
    out.writeByte(VERSION);
    boolean isNothing = true;
    for (int i = 0; i < codecs.size(); i++) {
      partOut.reset();
      write(codecs.get(i), state, i);
      isNothing &= partOut.length() == 0;
      out.writeBytes(partOut);
    }
    return isNothing ? null : out.toBytes();
  }

  private <T> void write(PartCodec<T> codec, State state, int index) {
    byte @Nullable [] stored = state.stored[index];
    @SuppressWarnings("unchecked") // written by the part of this codec
    T part = (T) state.parts[index];
    if (stored != null) {
      partOut.writeRaw(stored);
    } else if (part != null) {
      codec.write(part, partOut);
    }
  }

  /** How many visitors are kept as objects. */
  int held() {
    return states.size();
  }

  private void evict() {
    Iterator<State> leastRecentFirst = states.values().iterator();
    while (bytes > MOST_BYTES && leastRecentFirst.hasNext()) {
      bytes -= leastRecentFirst.next().bytes;
      leastRecentFirst.remove();
    }
  }

  @SuppressWarnings("NullAway") // an open end of a range is null in Kafka Streams
  private static KeyValueIterator<byte[], byte[]> from(
      KeyValueStore<byte[], byte[]> store, byte @Nullable [] first) {
    return store.range(first, null);
  }

  /** Of one visitor: each part as an object, or as bytes while nobody has asked for it. */
  private static final class State {
    private final byte[] key;
    private final byte[] @Nullable [] stored;
    private final @Nullable Object[] parts = new @Nullable Object[MOST_PARTS];
    private boolean isChanged;
    private int bytes;

    State(byte[] key, byte[] @Nullable [] stored) {
      this.key = key;
      this.stored = stored;
    }
  }
}
