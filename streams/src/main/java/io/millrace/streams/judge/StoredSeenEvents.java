package io.millrace.streams.judge;

import io.millrace.model.ClickEvent;
import io.millrace.model.ClickKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.datasketches.hash.MurmurHash3;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Remembers events in two stores: one record per visitor, which is all that most visitors need, and
 * one entry per event beyond that, so that the millionth event of a visitor costs what the
 * hundredth did. Belongs to one thread.
 */
final class StoredSeenEvents implements SeenEvents {
  private static final long SEED = 0x6d696c6c72616365L;

  private final KeyValueStore<byte[], byte[]> visitors;
  private final KeyValueStore<byte[], byte[]> furtherEvents;

  StoredSeenEvents(
      KeyValueStore<byte[], byte[]> visitors, KeyValueStore<byte[], byte[]> furtherEvents) {
    this.visitors = visitors;
    this.furtherEvents = furtherEvents;
  }

  @Override
  public boolean addIfNew(ClickEvent event) {
    byte[] visitor = new ClickKey(event.site(), event.visitor()).toBytes();
    long hash = MurmurHash3.hash(event.id().getBytes(StandardCharsets.UTF_8), SEED)[0];
    byte @Nullable [] stored = visitors.get(visitor);
    VisitorRecord known = stored == null ? VisitorRecord.empty() : new VisitorRecord(stored);
    if (known.contains(hash)) {
      return false;
    }
    if (known.isFull()) {
      return furtherEvents.putIfAbsent(furtherKey(visitor, hash), timeBytes(event)) == null;
    }
    visitors.put(visitor, known.with(hash, event.time()).bytes());
    return true;
  }

  private static byte[] furtherKey(byte[] visitor, long hash) {
    return ByteBuffer.allocate(visitor.length + 1 + Long.BYTES)
        .put(visitor)
        .put((byte) 0)
        .putLong(hash)
        .array();
  }

  private static byte[] timeBytes(ClickEvent event) {
    return ByteBuffer.allocate(Long.BYTES).putLong(event.time()).array();
  }
}
