package io.millrace.streams.judge;

import java.nio.ByteBuffer;

/**
 * The state of one visitor, as the bytes it is stored in:
 *
 * <pre>
 *   version    1 byte
 *   minute     4 bytes   the latest in which a new event came, since 1970
 *   in minute  4 bytes   how many new events came in it
 *   further    8 bytes   how many marks went to the store of further events
 *   expiry     4 bytes   the hour with which the last of those expires
 *   marks      12 bytes each, {@link #CAPACITY} at most: expiry and hash
 * </pre>
 *
 * At most 789 bytes, whatever the visitor does. Marks that are over make room for new ones.
 */
record VisitorRecord(byte[] bytes) {
  static final int CAPACITY = 64;
  private static final byte VERSION = 2;
  private static final int MINUTE = 1;
  private static final int IN_MINUTE = MINUTE + Integer.BYTES;
  private static final int FURTHER = IN_MINUTE + Integer.BYTES;
  private static final int FURTHER_EXPIRY = FURTHER + Long.BYTES;
  private static final int MARKS = FURTHER_EXPIRY + Integer.BYTES;
  private static final int MARK_BYTES = Integer.BYTES + Long.BYTES;

  VisitorRecord {
    if (bytes.length < MARKS || bytes[0] != VERSION || (bytes.length - MARKS) % MARK_BYTES != 0) {
      throw new IllegalArgumentException("bytes: not a visitor record of version " + VERSION);
    }
  }

  static VisitorRecord empty() {
    byte[] bytes = new byte[MARKS];
    bytes[0] = VERSION;
    return new VisitorRecord(bytes);
  }

  /** Whether a mark with this hash holds at this hour. */
  boolean knows(long hash, int hour) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    for (int at = MARKS; at < bytes.length; at += MARK_BYTES) {
      if (buffer.getLong(at + Integer.BYTES) == hash && buffer.getInt(at) > hour) {
        return true;
      }
    }
    return false;
  }

  boolean isFull() {
    return bytes.length >= MARKS + CAPACITY * MARK_BYTES;
  }

  /** How many marks went to the store of further events since the last of them was over. */
  long further() {
    return ByteBuffer.wrap(bytes).getLong(FURTHER);
  }

  int newInMinute() {
    return ByteBuffer.wrap(bytes).getInt(IN_MINUTE);
  }

  /** Whether there is nothing in it, nor in the store of further events, that is not over. */
  boolean isOver(int hour) {
    return holding(hour).bytes.length == MARKS
        && Hours.isOver(ByteBuffer.wrap(bytes).getInt(FURTHER_EXPIRY), hour);
  }

  /** What of it is not over. */
  VisitorRecord holding(int hour) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    ByteBuffer kept = ByteBuffer.allocate(bytes.length).put(bytes, 0, MARKS);
    if (Hours.isOver(buffer.getInt(FURTHER_EXPIRY), hour)) {
      kept.putLong(FURTHER, 0);
    }
    for (int at = MARKS; at < bytes.length; at += MARK_BYTES) {
      if (!Hours.isOver(buffer.getInt(at), hour)) {
        kept.put(bytes, at, MARK_BYTES);
      }
    }
    return new VisitorRecord(trimmed(kept));
  }

  private byte[] trimmed(ByteBuffer kept) {
    byte[] trimmed = new byte[kept.position()];
    kept.get(0, trimmed);
    return trimmed;
  }

  /** With one mark more; the record must not be full. */
  VisitorRecord with(EventMark mark) {
    ByteBuffer grown = ByteBuffer.allocate(bytes.length + MARK_BYTES);
    grown.put(bytes).putInt(mark.expiry()).putLong(mark.hash());
    return new VisitorRecord(grown.array());
  }

  /** With one mark more in the store of further events. */
  VisitorRecord withFurther(int expiry) {
    ByteBuffer changed = ByteBuffer.wrap(bytes.clone());
    changed.putLong(FURTHER, further() + 1);
    changed.putInt(FURTHER_EXPIRY, Math.max(expiry, changed.getInt(FURTHER_EXPIRY)));
    return new VisitorRecord(changed.array());
  }

  /** With one new event more in a minute. */
  VisitorRecord withEventIn(int minute) {
    ByteBuffer changed = ByteBuffer.wrap(bytes.clone());
    int before = changed.getInt(MINUTE) == minute ? changed.getInt(IN_MINUTE) : 0;
    changed.putInt(MINUTE, minute).putInt(IN_MINUTE, before + 1);
    return new VisitorRecord(changed.array());
  }
}
