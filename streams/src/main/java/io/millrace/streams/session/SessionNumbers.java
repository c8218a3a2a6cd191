package io.millrace.streams.session;

import io.millrace.model.codec.ByteReader;
import io.millrace.model.codec.ByteWriter;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the records that one partition sends to the topic of sessions, without gaps, and knows
 * until when those are looked at that have something to send: over all lives of its task, in the
 * store of timers, which is written with nearly every commit anyway. Belongs to the thread of the
 * task.
 */
final class SessionNumbers {
  /** After all timers, whose times are above zero. */
  private static final byte[] KEY = {(byte) 0xFF};

  /** So that it seldom changes. */
  private static final long STEP_MILLIS = 600_000;

  private final KeyValueStore<byte[], byte[]> timers;
  private long next;
  private long unsentThrough;
  private boolean hasChanged;

  SessionNumbers(KeyValueStore<byte[], byte[]> timers) {
    this.timers = timers;
    byte @Nullable [] stored = timers.get(KEY);
    if (stored == null) {
      unsentThrough = lastTimer(timers);
    } else {
      var in = new ByteReader(stored);
      next = in.readFixedLong();
      unsentThrough = in.readFixedLong();
    }
  }

  /** Whoever has something to send has one, in a store of before that was told here. */
  private static long lastTimer(KeyValueStore<byte[], byte[]> timers) {
    try (KeyValueIterator<byte[], byte[]> last = timers.reverseAll()) {
      return last.hasNext() ? new ByteReader(last.next().key).readFixedLong() : 0;
    }
  }

  /** The number of the next record, which is how many there have been. */
  long next() {
    return next;
  }

  /** So many records were sent. */
  void add(int count) {
    next += count;
    hasChanged |= count > 0;
  }

  /** The timer of a visitor who has something to send is not after this. */
  long unsentThrough() {
    return unsentThrough;
  }

  /** A visitor who has something to send has a timer at a time or before. */
  void noteUnsent(long due) {
    if (due > unsentThrough) {
      unsentThrough = due + STEP_MILLIS;
      hasChanged = true;
    }
  }

  /** Stores what has changed; to be called before each commit. */
  void write() {
    if (hasChanged) {
      var out = new ByteWriter(2 * Long.BYTES);
      out.writeFixedLong(next);
      out.writeFixedLong(unsentThrough);
      timers.put(KEY, out.toBytes());
      hasChanged = false;
    }
  }
}
