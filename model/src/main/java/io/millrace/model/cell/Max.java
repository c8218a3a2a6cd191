package io.millrace.model.cell;

import io.millrace.model.codec.ByteReader;
import io.millrace.model.codec.ByteWriter;

/** The greatest number, or {@link Long#MIN_VALUE} where there was none. */
public final class Max implements Accumulator {
  static final byte KIND = 3;

  private long value = Long.MIN_VALUE;

  public void add(long number) {
    value = Math.max(value, number);
  }

  @Override
  public void merge(Accumulator other) {
    if (!(other instanceof Max same)) {
      throw new IllegalArgumentException("other: expected a Max, got " + other);
    }
    add(same.value);
  }

  @Override
  public Long value() {
    return value;
  }

  @Override
  public void writeTo(ByteWriter out) {
    out.writeByte(KIND);
    out.writeLong(value);
  }

  static Max readState(ByteReader in) {
    var read = new Max();
    read.value = in.readLong();
    return read;
  }
}
