package io.millrace.collector;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads a stream to its end, unless that is further than a limit or than memory reaches. What it
 * holds never grows beyond the limit, nor much beyond twice what has come, whatever a client
 * declared: or clients that declare much and send nothing would hold the memory of all. For one
 * thread.
 */
final class BoundedBytes {
  private static final int FIRST_CAPACITY = 4 * 1024;
  private static final int LARGEST_FIRST_CAPACITY = 16 * 1024;

  /** How reading ended. */
  enum End {
    COMPLETE,
    TOO_LONG,
    NO_MEMORY
  }

  private final int limit;
  private final ByteBudget.Share share;
  private byte[] bytes = {};
  private int length;

  BoundedBytes(int limit, ByteBudget.Share share) {
    this.limit = limit;
    this.share = share;
  }

  /**
   * @param expected how many bytes there probably are; only saves growing
   */
  End fill(InputStream in, long expected) throws IOException {
    if (!grow(Math.clamp(expected + 1, 1, LARGEST_FIRST_CAPACITY))) {
      return End.NO_MEMORY;
    }
    while (true) {
      int count = in.read(bytes, length, bytes.length - length);
      if (count < 0) {
        return End.COMPLETE;
      }
      length += count;
      if (length > limit) {
        return End.TOO_LONG;
      }
      if (length == bytes.length && !grow(next(expected))) {
        return End.NO_MEMORY;
      }
    }
  }

  /** Twice as much, unless fewer are expected. */
  private int next(long expected) {
    long doubled = Math.min(2L * length, limit + 1L);
    return (int) (expected < length ? doubled : Math.min(doubled, expected + 1));
  }

  /** What was read, to its exact length. */
  byte[] toBytes() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }

  private boolean grow(int capacity) {
    int wanted = Math.min(Math.max(capacity, FIRST_CAPACITY), limit + 1);
    if (!share.grow(wanted - bytes.length)) {
      return false;
    }
    bytes = Arrays.copyOf(bytes, wanted);
    return true;
  }
}
