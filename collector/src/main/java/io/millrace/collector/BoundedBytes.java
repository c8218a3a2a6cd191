package io.millrace.collector;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads a stream to its end, unless that is further than a limit or than memory reaches. What it
 * holds never grows beyond the limit, whatever a client declared. For one thread.
 */
final class BoundedBytes {
  private static final int FIRST_CAPACITY = 4 * 1024;

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
    if (!grow((int) Math.clamp(expected + 1, 1, limit + 1L))) {
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
      if (length == bytes.length && !grow((int) Math.min(2L * length, limit + 1L))) {
        return End.NO_MEMORY;
      }
    }
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
