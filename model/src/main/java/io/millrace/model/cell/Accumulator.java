package io.millrace.model.cell;

import io.millrace.model.codec.ByteReader;
import io.millrace.model.codec.ByteWriter;
import io.millrace.model.codec.MalformedBytesException;

/**
 * The state of one aggregate in one cell: a commutative monoid, so that contributions may be merged
 * in any order and grouping. Mutable; belongs to one thread.
 */
public sealed interface Accumulator permits Sum, Min, Max, Distinct {

  /**
   * Adds what another accumulator of the same kind has gathered. The other is left as it is.
   *
   * @throws IllegalArgumentException when the kinds differ
   */
  void merge(Accumulator other);

  /** The result so far. A long for all but estimates, which are doubles. */
  Number value();

  /** Writes the kind and the state, as {@link #read} reads them. */
  void writeTo(ByteWriter out);

  static Accumulator read(ByteReader in) {
    byte kind = in.readByte();
    return switch (kind) {
      case Sum.KIND -> Sum.readState(in);
      case Min.KIND -> Min.readState(in);
      case Max.KIND -> Max.readState(in);
      case Distinct.KIND -> Distinct.readState(in);
      default -> throw new MalformedBytesException("no accumulator has the number " + kind);
    };
  }
}
