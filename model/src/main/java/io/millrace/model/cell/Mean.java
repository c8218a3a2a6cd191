package io.millrace.model.cell;

import io.millrace.model.codec.ByteReader;
import io.millrace.model.codec.ByteWriter;

/**
 * The arithmetic mean of whole numbers, as their sum and their count: the mean itself cannot be
 * merged. Exact; the sum wraps around beyond 63 bits, as Java does.
 */
public final class Mean implements Accumulator {
  static final byte KIND = 6;

  private long sum;
  private long count;

  public void add(long number) {
    sum += number;
    count++;
  }

  /** Takes back what was added here or in any other partial of the same cell. */
  public void remove(long number) {
    sum -= number;
    count--;
  }

  public long sum() {
    return sum;
  }

  /**
   * How many numbers there were; the mean of none is unknown. Below zero in a partial that takes
   * back more than it adds.
   */
  public long count() {
    return count;
  }

  @Override
  public boolean isNothing() {
    return sum == 0 && count == 0;
  }

  @Override
  public void merge(Accumulator other) {
    if (!(other instanceof Mean same)) {
      throw Accumulator.differentKind(this, other);
    }
    sum += same.sum;
    count += same.count;
  }

  @Override
  public byte kind() {
    return KIND;
  }

  @Override
  public void writeTo(ByteWriter out) {
    out.writeByte(KIND);
    out.writeLong(sum);
    out.writeLong(count);
  }

  static Mean readState(ByteReader in) {
    var read = new Mean();
    read.sum = in.readLong();
    read.count = in.readLong();
    return read;
  }
}
