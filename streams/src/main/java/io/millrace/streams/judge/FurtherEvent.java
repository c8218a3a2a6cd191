package io.millrace.streams.judge;

import java.nio.ByteBuffer;

/**
 * An entry of the store of further events: a mark of a visitor whose record is full. The key is the
 * visitor's, a zero, and the hash. Of a visitor with too many, those with low numbers count as
 * forgotten, so that a bound needs no list of what came first.
 *
 * @param expiry in {@link Hours}
 * @param number its place among the visitor's further events, from 1
 */
record FurtherEvent(int expiry, long number) {
  private static final int KEY_SUFFIX = 1 + Long.BYTES;

  static byte[] key(byte[] visitor, long hash) {
    return ByteBuffer.allocate(visitor.length + KEY_SUFFIX)
        .put(visitor)
        .put((byte) 0)
        .putLong(hash)
        .array();
  }

  /** Whether a key of the store is one of this visitor. */
  static boolean isOf(byte[] visitor, byte[] key) {
    return key.length == visitor.length + KEY_SUFFIX
        && ByteBuffer.wrap(key, 0, visitor.length).equals(ByteBuffer.wrap(visitor));
  }

  static byte[] visitor(byte[] key) {
    byte[] visitor = new byte[key.length - KEY_SUFFIX];
    System.arraycopy(key, 0, visitor, 0, visitor.length);
    return visitor;
  }

  static FurtherEvent parse(byte[] value) {
    ByteBuffer buffer = ByteBuffer.wrap(value);
    return new FurtherEvent(buffer.getInt(), buffer.getLong());
  }

  byte[] toBytes() {
    return ByteBuffer.allocate(Integer.BYTES + Long.BYTES).putInt(expiry).putLong(number).array();
  }

  /**
   * Whether it is among the latest of its visitor.
   *
   * @param further how many the visitor has had
   */
  boolean isAmongLatest(int most, long further) {
    return number > further - most;
  }
}
