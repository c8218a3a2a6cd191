package io.millrace.streams.session;

import io.millrace.model.codec.ByteReader;
import io.millrace.model.codec.ByteWriter;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the records that one partition sends to the topic of sessions, without gaps, over all
 * lives of its task. Belongs to the thread of the task.
 */
public final class SessionNumbers {
  private static final byte[] KEY = "sessions".getBytes(StandardCharsets.UTF_8);

  private final KeyValueStore<byte[], byte[]> store;
  private long next;
  private boolean hasChanged;

  /**
   * Goes on where a store says.
   *
   * @param store where nobody else uses the key {@code sessions}
   */
  public SessionNumbers(KeyValueStore<byte[], byte[]> store) {
    this.store = store;
    byte @Nullable [] stored = store.get(KEY);
    next = stored == null ? 0 : new ByteReader(stored).readFixedLong();
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

  /** Stores what has changed; to be called before each commit. */
  public void write() {
    if (hasChanged) {
      var out = new ByteWriter(Long.BYTES);
      out.writeFixedLong(next);
      store.put(KEY, out.toBytes());
      hasChanged = false;
    }
  }
}
