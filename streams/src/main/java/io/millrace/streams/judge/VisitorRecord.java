package io.millrace.streams.judge;

import java.nio.ByteBuffer;

/**
 * The state of one visitor, as the bytes it is stored in: a version, the latest event time, and the
 * hashes of the first {@link #CAPACITY} event ids. A full record keeps its size whatever the
 * visitor does: further hashes go to a store of their own.
 *
 * <p>A hash has 64 bits. Two of a visitor's events with different ids are taken for one with a
 * probability of n² / 2⁶⁵ for n events: one in a hundred million for a visitor of 600,000 events.
 */
record VisitorRecord(byte[] bytes) {
  static final int CAPACITY = 64;
  private static final byte VERSION = 1;
  private static final int TIME_POSITION = 1;
  private static final int HASHES_POSITION = TIME_POSITION + Long.BYTES;

  VisitorRecord {
    if (bytes.length < HASHES_POSITION
        || bytes[0] != VERSION
        || (bytes.length - HASHES_POSITION) % Long.BYTES != 0) {
      throw new IllegalArgumentException("bytes: not a visitor record of version " + VERSION);
    }
  }

  static VisitorRecord empty() {
    byte[] bytes = new byte[HASHES_POSITION];
    bytes[0] = VERSION;
    return new VisitorRecord(bytes);
  }

  int size() {
    return (bytes.length - HASHES_POSITION) / Long.BYTES;
  }

  boolean isFull() {
    return size() >= CAPACITY;
  }

  boolean contains(long hash) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    for (int position = HASHES_POSITION; position < bytes.length; position += Long.BYTES) {
      if (buffer.getLong(position) == hash) {
        return true;
      }
    }
    return false;
  }

  long latestTime() {
    return ByteBuffer.wrap(bytes).getLong(TIME_POSITION);
  }

  VisitorRecord with(long hash, long time) {
    ByteBuffer grown = ByteBuffer.allocate(bytes.length + Long.BYTES);
    grown.put(bytes).putLong(hash);
    grown.putLong(TIME_POSITION, Math.max(time, latestTime()));
    return new VisitorRecord(grown.array());
  }
}
