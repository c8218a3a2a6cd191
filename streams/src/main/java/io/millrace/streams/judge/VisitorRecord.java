package io.millrace.streams.judge;

import io.millrace.model.ClickKey;
import io.millrace.model.codec.ByteWriter;
import io.millrace.streams.visitor.PartCodec;
import java.nio.ByteBuffer;

/**
 * What is remembered of one visitor's events, as the bytes it is stored in:
 *
 * <pre>
 *   version    1 byte
 *   minute     4 bytes   the latest in which new events were counted, since 1970
 *   in minute  4 bytes   how many came in it
 *   expiry     4 bytes   the hour with which the last mark on a page of this visitor expires
 *   marks      12 bytes each, 64 at most
 * </pre>
 *
 * At most 781 bytes. Marks that are over make room for new ones; what finds no room goes to the
 * {@link MarkPage pages}.
 */
record VisitorRecord(byte[] bytes) {
  private static final byte VERSION = 2;
  private static final int MINUTE = 1;
  private static final int IN_MINUTE = MINUTE + Integer.BYTES;
  private static final int PAGES_EXPIRY = IN_MINUTE + Integer.BYTES;
  private static final int HEAD = PAGES_EXPIRY + Integer.BYTES;

  static final PartCodec<VisitorRecord> CODEC =
      new PartCodec<>() {
        @Override
        public void write(VisitorRecord record, ByteWriter out) {
          out.writeRaw(record.bytes);
        }

        @Override
        public VisitorRecord decode(ClickKey visitor, byte[] bytes) {
          return new VisitorRecord(bytes);
        }
      };

  VisitorRecord {
    if (!Marks.fit(bytes, HEAD) || bytes[0] != VERSION) {
      throw new IllegalArgumentException("bytes: not a visitor record of version " + VERSION);
    }
  }

  static VisitorRecord empty() {
    byte[] bytes = new byte[HEAD];
    bytes[0] = VERSION;
    return new VisitorRecord(bytes);
  }

  boolean knows(long hash, int hour) {
    return Marks.know(bytes, HEAD, hash, hour);
  }

  boolean isFull() {
    return Marks.isFull(bytes, HEAD);
  }

  /** Whether a mark on a page of this visitor can hold at this hour. */
  boolean hasPages(int hour) {
    return pagesExpiry() > hour;
  }

  int newInMinute() {
    return ByteBuffer.wrap(bytes).getInt(IN_MINUTE);
  }

  /** Whether all of the visitor is over, what is on pages as well. */
  boolean isOver(int hour) {
    return Hours.isOver(pagesExpiry(), hour) && holding(hour).bytes.length == HEAD;
  }

  VisitorRecord holding(int hour) {
    return new VisitorRecord(Marks.holding(bytes, HEAD, hour));
  }

  VisitorRecord with(EventMark mark) {
    return new VisitorRecord(Marks.with(bytes, HEAD, mark));
  }

  /** With one mark more on a page. */
  VisitorRecord withPageUntil(int expiry) {
    return expiry <= pagesExpiry() ? this : with(PAGES_EXPIRY, expiry);
  }

  /** With one new event more in a minute. */
  VisitorRecord withEventIn(int minute) {
    int before = ByteBuffer.wrap(bytes).getInt(MINUTE) == minute ? newInMinute() : 0;
    return with(MINUTE, minute).with(IN_MINUTE, before + 1);
  }

  private int pagesExpiry() {
    return ByteBuffer.wrap(bytes).getInt(PAGES_EXPIRY);
  }

  private VisitorRecord with(int position, int value) {
    byte[] changed = bytes.clone();
    ByteBuffer.wrap(changed).putInt(position, value);
    return new VisitorRecord(changed);
  }
}
