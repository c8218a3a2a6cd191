package io.millrace.model.cell;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Arithmetic on eight bytes at a time, each from 0 to 127, in one long. The compiler makes no
 * vector operations of loops that compare bytes. (Warren, "Hacker's Delight", 2-18.)
 */
final class Lanes {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = ONES << 7;

  private Lanes() {}

  /** The eight bytes from an index on. */
  static long get(byte[] bytes, int index) {
    return (long) LONGS.get(bytes, index);
  }

  static void set(byte[] bytes, int index, long lanes) {
    LONGS.set(bytes, index, lanes);
  }

  /** The same byte in every lane. */
  static long all(int value) {
    return value * ONES;
  }

  static long min(long one, long other) {
    long larger = whereAtLeast(one, other);
    return (other & larger) | (one & ~larger);
  }

  static long max(long one, long other) {
    long larger = whereAtLeast(one, other);
    return (one & larger) | (other & ~larger);
  }

  static boolean isAnyAtLeast(long one, long other) {
    return atLeast(one, other) != 0;
  }

  /** The high bit of each lane in which the first is not less than the second. */
  private static long atLeast(long one, long other) {
    return ((one | HIGH_BITS) - other) & HIGH_BITS;
  }

  private static long whereAtLeast(long one, long other) {
    return (atLeast(one, other) >>> 7) * 0xFF;
  }
}
