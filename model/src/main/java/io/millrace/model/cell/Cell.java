package io.millrace.model.cell;

import io.millrace.model.codec.ByteReader;
import io.millrace.model.codec.ByteWriter;
import io.millrace.model.codec.MalformedBytesException;
import java.util.List;

/**
 * What a cell holds: an accumulator for each of its view's aggregates, in the view's order. A
 * partial has the same shape.
 *
 * <p>Mutable; belongs to one thread.
 */
public final class Cell {
  private static final int MOST_ACCUMULATORS = 64;

  // An array: cells are merged by the hundred thousand a second, and of a list each access is a
  // call.
  private final Accumulator[] accumulators;

  /** A cell of these accumulators, at most 64. */
  public Cell(List<Accumulator> accumulators) {
    this(accumulators.toArray(Accumulator[]::new));
  }

  private Cell(Accumulator[] accumulators) {
    this.accumulators = accumulators;
  }

  /** One for each aggregate of the view. */
  public List<Accumulator> accumulators() {
    return List.of(accumulators);
  }

  /** The one of an aggregate, counted from 0. */
  public Accumulator accumulator(int aggregate) {
    return accumulators[aggregate];
  }

  /**
   * Adds what another cell of the same view has gathered.
   *
   * @throws IllegalArgumentException when the shapes differ
   */
  public void merge(Cell other) {
    if (other.accumulators.length != accumulators.length) {
      throw new IllegalArgumentException(
          "other: expected "
              + accumulators.length
              + " accumulators, got "
              + other.accumulators.length);
    }
    for (int i = 0; i < accumulators.length; i++) {
      accumulators[i].merge(other.accumulators[i]);
    }
  }

  /** Whether it is as if there were no such cell: all that was added has been taken back. */
  public boolean isNothing() {
    for (Accumulator accumulator : accumulators) {
      if (!accumulator.isNothing()) {
        return false;
      }
    }
    return true;
  }

  /** Whether another cell has the same kinds of accumulators in the same order. */
  public boolean hasShapeOf(Cell other) {
    if (other.accumulators.length != accumulators.length) {
      return false;
    }
    for (int i = 0; i < accumulators.length; i++) {
      if (accumulators[i].kind() != other.accumulators[i].kind()) {
        return false;
      }
    }
    return true;
  }

  /**
   * The state of an aggregate that is one whole number: a count, a sum, the least or the greatest.
   *
   * @throws IllegalArgumentException for any other
   */
  public long value(int aggregate) {
    if (accumulators[aggregate] instanceof LongAccumulator number) {
      return number.value();
    }
    throw new IllegalArgumentException("aggregate: " + aggregate + " is not one whole number");
  }

  public void writeTo(ByteWriter out) {
    out.writeLong(accumulators.length);
    for (Accumulator accumulator : accumulators) {
      accumulator.writeTo(out);
    }
  }

  public byte[] toBytes() {
    var out = new ByteWriter(64);
    writeTo(out);
    return out.toBytes();
  }

  public static Cell read(ByteReader in) {
    int count = in.readLength();
    if (count > MOST_ACCUMULATORS) {
      throw new MalformedBytesException("a cell of " + count + " accumulators");
    }
    var accumulators = new Accumulator[count];
    for (int i = 0; i < count; i++) {
      accumulators[i] = Accumulator.read(in);
    }
    return new Cell(accumulators);
  }

  public static Cell parse(byte[] bytes) {
    return read(new ByteReader(bytes));
  }
}
