package io.millrace.model.cell;

import io.millrace.model.codec.ByteReader;
import io.millrace.model.codec.ByteWriter;

/**
 * A whole number that one operation has gathered: a sum or count, the least or the greatest. Each
 * operation is associative and commutative and has an identity, which is the value of nothing (as
 * in {@link java.util.concurrent.atomic.LongAccumulator}). Sums wrap around beyond 63 bits, as Java
 * does.
 */
public final class LongAccumulator implements Accumulator {
  static final byte SUM_KIND = 1;
  static final byte MIN_KIND = 2;
  static final byte MAX_KIND = 3;

  private final Operation operation;
  private long value;

  private enum Operation {
    SUM(SUM_KIND, 0),
    MIN(MIN_KIND, Long.MAX_VALUE),
    MAX(MAX_KIND, Long.MIN_VALUE);

    private final byte kind;
    private final long identity;

    Operation(byte kind, long identity) {
      this.kind = kind;
      this.identity = identity;
    }

    // A switch and no function of each constant: this is called for every click and aggregate, and
    // a call that may go to one of three functions is not inlined.
    long apply(long one, long other) {
      return switch (this) {
        case SUM -> one + other;
        case MIN -> Math.min(one, other);
        case MAX -> Math.max(one, other);
      };
    }
  }

  private LongAccumulator(Operation operation) {
    this.operation = operation;
    this.value = operation.identity;
  }

  /** A count or a sum. */
  public static LongAccumulator sum() {
    return new LongAccumulator(Operation.SUM);
  }

  /** The least number. */
  public static LongAccumulator min() {
    return new LongAccumulator(Operation.MIN);
  }

  /** The greatest number. */
  public static LongAccumulator max() {
    return new LongAccumulator(Operation.MAX);
  }

  public void add(long number) {
    value = operation.apply(value, number);
  }

  /** The number so far; the operation's identity where there was none. */
  public long value() {
    return value;
  }

  @Override
  public boolean isNothing() {
    return operation == Operation.SUM && value == 0;
  }

  /** Whether it is the least or greatest of nothing. A sum of nothing is 0, a number as any. */
  public boolean isOfNothing() {
    return operation != Operation.SUM && value == operation.identity;
  }

  @Override
  public void merge(Accumulator other) {
    if (!(other instanceof LongAccumulator same) || same.operation != operation) {
      throw Accumulator.differentKind(this, other);
    }
    add(same.value);
  }

  @Override
  public byte kind() {
    return operation.kind;
  }

  @Override
  public void writeTo(ByteWriter out) {
    out.writeByte(operation.kind);
    out.writeLong(value);
  }

  LongAccumulator withState(ByteReader in) {
    value = in.readLong();
    return this;
  }
}
