package io.millrace.model.cell;

import io.millrace.model.codec.ByteReader;
import io.millrace.model.codec.ByteWriter;
import io.millrace.model.codec.MalformedBytesException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a cell holds: an accumulator for each of its view's aggregates, in the view's order. A
 * partial has the same shape.
 *
 * <p>Mutable; belongs to one thread.
 */
public record Cell(List<Accumulator> accumulators) {

  public Cell {
    accumulators = List.copyOf(accumulators);
  }

  /**
   * Adds what another cell of the same view has gathered.
   *
   * @throws IllegalArgumentException when the shapes differ
   */
  public void merge(Cell other) {
    if (other.accumulators.size() != accumulators.size()) {
      throw new IllegalArgumentException(
          "other: expected "
              + accumulators.size()
              + " accumulators, got "
              + other.accumulators.size());
    }
    for (int i = 0; i < accumulators.size(); i++) {
      accumulators.get(i).merge(other.accumulators.get(i));
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
    if (other.accumulators.size() != accumulators.size()) {
      return false;
    }
    for (int i = 0; i < accumulators.size(); i++) {
      if (accumulators.get(i).kind() != other.accumulators.get(i).kind()) {
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
    if (accumulators.get(aggregate) instanceof LongAccumulator number) {
      return number.value();
    }
    throw new IllegalArgumentException("aggregate: " + aggregate + " is not one whole number");
  }

  public void writeTo(ByteWriter out) {
    out.writeLong(accumulators.size());
    accumulators.forEach(accumulator -> accumulator.writeTo(out));
  }

  public byte[] toBytes() {
    var out = new ByteWriter(64);
    writeTo(out);
    return out.toBytes();
  }

  public static Cell read(ByteReader in) {
    int count = in.readLength();
    if (count > 64) {
      throw new MalformedBytesException("a cell of " + count + " accumulators");
    }
    var accumulators = new ArrayList<Accumulator>(count);
    for (int i = 0; i < count; i++) {
      accumulators.add(Accumulator.read(in));
    }
    return new Cell(accumulators);
  }

  public static Cell parse(byte[] bytes) {
    return read(new ByteReader(bytes));
  }
}
