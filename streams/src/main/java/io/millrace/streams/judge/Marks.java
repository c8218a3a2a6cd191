package io.millrace.streams.judge;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A short list of marks in the order in which they came, as the bytes it is stored in: 12 bytes
 * each, expiry and hash, after a head that belongs to somebody else. It has at most {@link
 * #CAPACITY}, so that writing it anew for one more costs the same whatever a visitor does.
 */
final class Marks {
  static final int CAPACITY = 64;
  static final int MARK_BYTES = Integer.BYTES + Long.BYTES;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private Marks() {}

  static boolean fit(byte[] bytes, int head) {
    return bytes.length >= head
        && (bytes.length - head) % MARK_BYTES == 0
        && bytes.length <= head + CAPACITY * MARK_BYTES;
  }

  /** Whether a mark with this hash holds at this hour. */
  static boolean know(byte[] bytes, int head, long hash, int hour) {
    for (int at = head; at < bytes.length; at += MARK_BYTES) {
      if ((long) LONGS.get(bytes, at + Integer.BYTES) == hash && expiry(bytes, at) > hour) {
        return true;
      }
    }
    return false;
  }

  static boolean isFull(byte[] bytes, int head) {
    return bytes.length >= head + CAPACITY * MARK_BYTES;
  }

  /** Head and marks, without the marks that are over; the same array where none is. */
  static byte[] holding(byte[] bytes, int head, int hour) {
    int over = 0;
    for (int at = head; at < bytes.length; at += MARK_BYTES) {
      over += Hours.isOver(expiry(bytes, at), hour) ? 1 : 0;
    }
    if (over == 0) {
      return bytes;
    }
    byte[] kept = Arrays.copyOf(bytes, bytes.length - over * MARK_BYTES);
    int to = head;
    for (int at = head; at < bytes.length; at += MARK_BYTES) {
      if (!Hours.isOver(expiry(bytes, at), hour)) {
        System.arraycopy(bytes, at, kept, to, MARK_BYTES);
        to += MARK_BYTES;
      }
    }
    return kept;
  }

  private static int expiry(byte[] bytes, int at) {
    return (int) INTS.get(bytes, at);
  }

  /** With one mark more; where there is no room, the oldest is forgotten for it. */
  static byte[] with(byte[] bytes, int head, EventMark mark) {
    int dropped = isFull(bytes, head) ? MARK_BYTES : 0;
    ByteBuffer grown = ByteBuffer.allocate(bytes.length - dropped + MARK_BYTES);
    grown.put(bytes, 0, head);
    grown.put(bytes, head + dropped, bytes.length - head - dropped);
    return grown.putInt(mark.expiry()).putLong(mark.hash()).array();
  }
}
