package io.millrace.streams.judge;

import java.nio.ByteBuffer;

/**
 * A short list of marks in the order in which they came, as the bytes it is stored in: 12 bytes
 * each, expiry and hash, after a head that belongs to somebody else. It has at most {@link
 * #CAPACITY}, so that writing it anew for one more costs the same whatever a visitor does.
 */
final class Marks {
  static final int CAPACITY = 64;
  static final int MARK_BYTES = Integer.BYTES + Long.BYTES;

  private Marks() {}

  static boolean fit(byte[] bytes, int head) {
    return bytes.length >= head
        && (bytes.length - head) % MARK_BYTES == 0
        && bytes.length <= head + CAPACITY * MARK_BYTES;
  }

  /** Whether a mark with this hash holds at this hour. */
  static boolean know(byte[] bytes, int head, long hash, int hour) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    for (int at = head; at < bytes.length; at += MARK_BYTES) {
      if (buffer.getLong(at + Integer.BYTES) == hash && buffer.getInt(at) > hour) {
        return true;
      }
    }
    return false;
  }

  static boolean isFull(byte[] bytes, int head) {
    return bytes.length >= head + CAPACITY * MARK_BYTES;
  }

  /** Head and marks, without the marks that are over. */
  static byte[] holding(byte[] bytes, int head, int hour) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    ByteBuffer kept = ByteBuffer.allocate(bytes.length).put(bytes, 0, head);
    for (int at = head; at < bytes.length; at += MARK_BYTES) {
      if (!Hours.isOver(buffer.getInt(at), hour)) {
        kept.put(bytes, at, MARK_BYTES);
      }
    }
    byte[] trimmed = new byte[kept.position()];
    kept.get(0, trimmed);
    return trimmed;
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
