package io.millrace.model.cell;

import io.millrace.model.codec.ByteReader;
import io.millrace.model.codec.ByteWriter;
import io.millrace.model.codec.MalformedBytesException;
import org.apache.datasketches.hash.XxHash;
import org.jspecify.annotations.Nullable;

/**
 * About how many different values there were. While they are few, the set of their hashes, which is
 * exact but for collisions; beyond {@link #MOST_EXACT} a {@link HyperLogLog}, within {@link
 * #RELATIVE_ERROR} in two of three cases.
 *
 * <p>Every partial of every cell has one of these and most have met one visitor, so what counts is
 * that few values cost little: to make, to write, and to merge into many. Which of the two forms it
 * has, and what it says, depends on the set of values alone, not on how they came together.
 *
 * <p>As bytes, after the kind: how many hashes, and these; or -1, and the registers.
 */
public final class Distinct implements Accumulator {
  static final byte KIND = 5;

  /** Beyond so many values, their hashes would soon take more room than the registers. */
  public static final int MOST_EXACT = 256;

  /**
   * One standard deviation of the estimate of more than {@link #MOST_EXACT} values, as a share of
   * it (Flajolet et al. 2007, theorem 1; Ertl 2017 measures the same for the estimator in use).
   */
  public static final double RELATIVE_ERROR = 1.04 / Math.sqrt(HyperLogLog.REGISTERS);

  private static final int MANY = -1;
  private static final long SEED = 0;
  private static final long NO_VALUE = -1;

  private HashedValues few = new HashedValues();
  private @Nullable HyperLogLog many;

  /** Adds a value. The empty text, which stands for an unknown value, is none. */
  public void add(String value) {
    addHashed(hash(value));
  }

  /** What {@link #addHashed} takes for a value, for who adds it to many. */
  public static long hash(String value) {
    if (value.isEmpty()) {
      return NO_VALUE;
    }
    long hash = XxHash.hashString(value, 0, value.length(), SEED);
    return hash >>> (Long.SIZE - HyperLogLog.HASH_BITS);
  }

  /** Adds a value by its {@link #hash}. */
  public void addHashed(long hash) {
    if (hash == NO_VALUE) {
      return;
    }
    if (many != null) {
      many.add(hash);
    } else {
      few.add(hash);
      changeFormIfMany();
    }
  }

  /** About how many different values; a whole number while they are few. */
  public double estimate() {
    return many != null ? many.estimate() : few.size();
  }

  @Override
  public void merge(Accumulator other) {
    if (!(other instanceof Distinct same)) {
      throw Accumulator.differentKind(this, other);
    }
    if (same.many != null) {
      becomeMany().addAll(same.many);
    } else if (many != null) {
      addAll(same.few, many);
    } else {
      few.addAll(same.few);
      changeFormIfMany();
    }
  }

  private void changeFormIfMany() {
    if (few.size() > MOST_EXACT) {
      becomeMany();
    }
  }

  private HyperLogLog becomeMany() {
    HyperLogLog registers = many;
    if (registers == null) {
      registers = new HyperLogLog();
      addAll(few, registers);
      many = registers;
      few = new HashedValues();
    }
    return registers;
  }

  private static void addAll(HashedValues hashes, HyperLogLog registers) {
    for (int i = 0; i < hashes.size(); i++) {
      registers.add(hashes.at(i));
    }
  }

  @Override
  public byte kind() {
    return KIND;
  }

  @Override
  public void writeTo(ByteWriter out) {
    out.writeByte(KIND);
    if (many != null) {
      out.writeLong(MANY);
      many.writeTo(out);
    } else {
      out.writeLong(few.size());
      few.writeTo(out);
    }
  }

  static Distinct readState(ByteReader in) {
    var read = new Distinct();
    int count = in.readInt();
    if (count == MANY) {
      read.many = HyperLogLog.read(in);
    } else if (count >= 0 && count <= MOST_EXACT) {
      read.few = HashedValues.read(count, in);
    } else {
      throw new MalformedBytesException("a set of " + count + " hashes");
    }
    return read;
  }
}
