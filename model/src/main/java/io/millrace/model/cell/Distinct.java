package io.millrace.model.cell;

import io.millrace.model.codec.ByteReader;
import io.millrace.model.codec.ByteWriter;
import io.millrace.model.codec.MalformedBytesException;
import org.apache.datasketches.common.SketchesArgumentException;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.HllUnion;
import org.apache.datasketches.hll.TgtHllType;

/**
 * About how many different values there were: a HyperLogLog sketch of Apache DataSketches. Exact
 * but for hash collisions while the values are few; beyond that within {@link #RELATIVE_ERROR} in
 * two of three cases.
 */
public final class Distinct implements Accumulator {
  static final byte KIND = 4;

  /** 4,096 registers: about 2 KB when full. */
  private static final int LOG2_REGISTERS = 12;

  /**
   * One standard deviation of the estimate of merged sketches, as a share of it (Flajolet et al.
   * 2007, theorem 1).
   */
  public static final double RELATIVE_ERROR = 1.04 / Math.sqrt(1 << LOG2_REGISTERS);

  private final HllUnion union = new HllUnion(LOG2_REGISTERS);

  public void add(String value) {
    union.update(value);
  }

  @Override
  public void merge(Accumulator other) {
    if (!(other instanceof Distinct same)) {
      throw new IllegalArgumentException("other: expected a Distinct, got " + other);
    }
    union.update(same.union.getResult(TgtHllType.HLL_8));
  }

  @Override
  public Double value() {
    return union.getEstimate();
  }

  @Override
  public void writeTo(ByteWriter out) {
    out.writeByte(KIND);
    out.writeBytes(union.getResult(TgtHllType.HLL_4).toCompactByteArray());
  }

  static Distinct readState(ByteReader in) {
    var read = new Distinct();
    try {
      read.union.update(HllSketch.heapify(in.readBytes()));
    } catch (SketchesArgumentException malformed) {
      throw new MalformedBytesException("not a sketch: " + malformed.getMessage());
    }
    return read;
  }
}
