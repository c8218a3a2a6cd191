package io.millrace.model.cell;

import io.millrace.model.codec.ByteReader;
import io.millrace.model.codec.ByteWriter;

/** The least number, or {@link Long#MAX_VALUE} where there was none. */
public final class Min implements Accumulator {
  static final byte KIND = 2;

  private long value = Long.MAX_VALUE;

  public void add(long number) {
    value = Math.min(value, number);
  }

  @Override
  public void merge(Accumulator other) {
    if (!(other instanceof Min same)) {
      throw new IllegalArgumentException("other: expected a Min, got " + other);
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

  static Min readState(ByteReader in) {
    var read = new Min();
    read.value = in.readLong();
    return read;
  }
}
