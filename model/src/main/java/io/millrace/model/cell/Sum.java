package io.millrace.model.cell;

import io.millrace.model.codec.ByteReader;
import io.millrace.model.codec.ByteWriter;

/** A count or a sum of whole numbers. Wraps around beyond 63 bits, as Java does. */
public final class Sum implements Accumulator {
  static final byte KIND = 1;

  private long value = 0;

  public void add(long number) {
    value = value + number;
  }

  @Override
  public void merge(Accumulator other) {
    if (!(other instanceof Sum same)) {
      throw new IllegalArgumentException("other: expected a Sum, got " + other);
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

  static Sum readState(ByteReader in) {
    var read = new Sum();
    read.value = in.readLong();
    return read;
  }
}
