package io.millrace.streams.judge;

import java.nio.ByteBuffer;

/**
 * An entry of the store of further events: those marks of a visitor with a full record that share
 * the first 16 bits of their hash.
 *
 * <p>A hash table in a store. A visitor has 65,536 pages at most, of 64 marks at most, so the state
 * has a bound, 53 MB, that needs no counting and no deleting one by one: a page forgets what is
 * over, and if need be its oldest, when it is written for the next mark. Of a million marks a page
 * has 15 in the mean, and more than 64 with a probability of 10⁻¹⁹.
 */
record MarkPage(byte[] bytes) {
  private static final int HEAD = 0;
  static final MarkPage EMPTY = new MarkPage(new byte[0]);

  MarkPage {
    if (!Marks.fit(bytes, HEAD)) {
      throw new IllegalArgumentException("bytes: not a page of marks");
    }
  }

  /** The visitor's key, a zero, and the number of the page. */
  static byte[] key(byte[] visitor, long hash) {
    return ByteBuffer.allocate(visitor.length + 1 + Short.BYTES)
        .put(visitor)
        .put((byte) 0)
        .putShort((short) (hash >>> (Long.SIZE - Short.SIZE)))
        .array();
  }

  boolean knows(long hash, int hour) {
    return Marks.know(bytes, HEAD, hash, hour);
  }

  boolean isOver(int hour) {
    return Marks.holding(bytes, HEAD, hour).length == HEAD;
  }

  /** With one mark more, without those that are over. */
  MarkPage with(EventMark mark, int hour) {
    return new MarkPage(Marks.with(Marks.holding(bytes, HEAD, hour), HEAD, mark));
  }
}
