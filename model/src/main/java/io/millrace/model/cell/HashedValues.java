package io.millrace.model.cell;

import io.millrace.model.codec.ByteReader;
import io.millrace.model.codec.ByteWriter;
import io.millrace.model.codec.MalformedBytesException;
import java.util.Arrays;

/**
 * A small set of 40-bit hashes, as an ascending array: smaller than any sketch, exact, and the same
 * bytes for the same values. Mutable; belongs to one thread.
 */
final class HashedValues {
  private static final int BYTES_OF_HASH = 5;

  private long[] hashes;
  private int size;

  HashedValues() {
    this(new long[4], 0);
  }

  private HashedValues(long[] hashes, int size) {
    this.hashes = hashes;
    this.size = size;
  }

  int size() {
    return size;
  }

  /** The hash at an index below {@link #size}, in ascending order. */
  long at(int index) {
    return hashes[index];
  }

  void add(long hash) {
    int found = Arrays.binarySearch(hashes, 0, size, hash);
    if (found >= 0) {
      return;
    }
    int position = -found - 1;
    if (size == hashes.length) {
      hashes = Arrays.copyOf(hashes, size * 2);
    }
    System.arraycopy(hashes, position, hashes, position + 1, size - position);
    hashes[position] = hash;
    size++;
  }

  /** The union of two sets, as a merge of sorted arrays. */
  void addAll(HashedValues other) {
    // What comes between two commits is mostly one value.
    if (other.size == 1) {
      add(other.hashes[0]);
      return;
    }
    long[] merged = new long[Math.max(4, size + other.size)];
    int count = 0;
    int mine = 0;
    int theirs = 0;
    while (mine < size && theirs < other.size) {
      long one = hashes[mine];
      long another = other.hashes[theirs];
      merged[count++] = Math.min(one, another);
      mine += one <= another ? 1 : 0;
      theirs += another <= one ? 1 : 0;
    }
    System.arraycopy(hashes, mine, merged, count, size - mine);
    count += size - mine;
    System.arraycopy(other.hashes, theirs, merged, count, other.size - theirs);
    count += other.size - theirs;
    hashes = merged;
    size = count;
  }

  /** Writes the hashes, not how many they are. */
  void writeTo(ByteWriter out) {
    for (int i = 0; i < size; i++) {
      out.writeFixed(hashes[i], BYTES_OF_HASH);
    }
  }

  /**
   * Reads so many hashes.
   *
   * @throws MalformedBytesException when they do not ascend, or are fewer
   */
  static HashedValues read(int count, ByteReader in) {
    if (in.remaining() < (long) count * BYTES_OF_HASH) {
      throw new MalformedBytesException("fewer than " + count + " hashes");
    }
    long[] hashes = new long[Math.max(4, count)];
    long last = -1;
    for (int i = 0; i < count; i++) {
      long hash = 0;
      for (int part = 0; part < BYTES_OF_HASH; part++) {
        hash = (hash << 8) | (in.readByte() & 0xFF);
      }
      if (hash <= last) {
        throw new MalformedBytesException("hashes do not ascend");
      }
      last = hash;
      hashes[i] = hash;
    }
    return new HashedValues(hashes, count);
  }
}
