package io.millrace.model.cell;

import io.millrace.model.codec.ByteReader;
import io.millrace.model.codec.ByteWriter;
import io.millrace.model.codec.MalformedBytesException;

/**
 * The state of one aggregate in one cell: a commutative monoid, so that contributions may be merged
 * in any order and grouping. Mutable; belongs to one thread.
 *
 * <p>Its bytes begin with its kind. Numbers of kinds are never used again: 4 was an estimate in
 * another format.
 */
public sealed interface Accumulator
    permits LongAccumulator, Distinct, Mean, Quantiles, FrequentItems {

  /**
   * Adds what another accumulator of the same kind has gathered. The other is left as it is.
   *
   * @throws IllegalArgumentException when the kinds differ
   */
  void merge(Accumulator other);

  /** The first byte of its bytes; accumulators of one kind can be merged. */
  byte kind();

  /**
   * Whether it is as if nothing had been added, or all of it taken back. Told only of kinds from
   * which anything can be taken back.
   */
  default boolean isNothing() {
    return false;
  }

  /** Writes the kind and the state, as {@link #read} reads them. */
  void writeTo(ByteWriter out);

  /**
   * Reads what {@link #writeTo} wrote, in memory bounded by what an accumulator can have.
   *
   * @throws MalformedBytesException for any other bytes
   */
  static Accumulator read(ByteReader in) {
    byte kind = in.readByte();
    return switch (kind) {
      case LongAccumulator.SUM_KIND -> LongAccumulator.sum().withState(in);
      case LongAccumulator.MIN_KIND -> LongAccumulator.min().withState(in);
      case LongAccumulator.MAX_KIND -> LongAccumulator.max().withState(in);
      case Distinct.KIND -> Distinct.readState(in);
      case Mean.KIND -> Mean.readState(in);
      case Quantiles.KIND -> Quantiles.readState(in);
      case FrequentItems.KIND -> FrequentItems.readState(in);
      default -> throw new MalformedBytesException("no accumulator has the number " + kind);
    };
  }

  /** The failure of a merge of two kinds. */
  static IllegalArgumentException differentKind(Accumulator expected, Accumulator other) {
    return new IllegalArgumentException(
        "other: expected an accumulator of the kind "
            + expected.kind()
            + ", got one of "
            + other.kind());
  }
}
