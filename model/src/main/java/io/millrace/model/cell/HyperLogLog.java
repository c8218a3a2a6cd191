package io.millrace.model.cell;

import io.millrace.model.codec.ByteReader;
import io.millrace.model.codec.ByteWriter;
import io.millrace.model.codec.MalformedBytesException;

/**
 * The registers of a HyperLogLog (Flajolet et al. 2007). The first 12 bits of a hash choose a
 * register, which keeps the greatest number of leading zeros, plus one, that it has seen in the
 * other 28. A union is the greater of each register, so the registers, and with them the estimate,
 * depend on the set of hashes alone.
 *
 * <p>In memory a byte for each register, so that a union is a few operations for each eight of
 * them. As bytes 4 bits for each, above the least register:
 *
 * <pre>
 *   least register │ 2,048 bytes: registers i and i + 2,048 │ ( step to a register, its value ) … │ 0
 * </pre>
 *
 * <p>where a register that is 15 or more above the least is 15, and its value follows. So it takes
 * 2 KB, and reading and writing work on eight registers at a time.
 *
 * <p>Mutable; belongs to one thread.
 */
final class HyperLogLog {
  static final int HASH_BITS = 40;
  private static final int INDEX_BITS = 12;
  static final int REGISTERS = 1 << INDEX_BITS;

  private static final int REST_BITS = HASH_BITS - INDEX_BITS;
  private static final int GREATEST = REST_BITS + 1;
  private static final int PACKED_BYTES = REGISTERS / 2;
  private static final int EXCEPTION = 15;
  private static final long LOW_HALVES = 0x0F0F0F0F0F0F0F0FL;
  private static final double ALPHA = 0.5 / Math.log(2);

  private final byte[] registers = new byte[REGISTERS];

  /** Adds a hash of {@link #HASH_BITS} bits. */
  void add(long hash) {
    int index = (int) (hash >>> REST_BITS);
    long rest = hash & ((1L << REST_BITS) - 1);
    byte rank = (byte) (Long.numberOfLeadingZeros(rest) - (Long.SIZE - REST_BITS) + 1);
    if (rank > registers[index]) {
      registers[index] = rank;
    }
  }

  void addAll(HyperLogLog other) {
    for (int i = 0; i < REGISTERS; i += Long.BYTES) {
      long greater = Lanes.max(Lanes.get(registers, i), Lanes.get(other.registers, i));
      Lanes.set(registers, i, greater);
    }
  }

  /**
   * About how many different hashes were added: the improved raw estimator, which needs no
   * corrections for few or many (Ertl 2017, "New cardinality estimation algorithms for HyperLogLog
   * sketches", algorithm 6).
   */
  double estimate() {
    int[] counts = new int[GREATEST + 1];
    for (byte register : registers) {
      counts[register]++;
    }
    double z = REGISTERS * tau(1 - (double) counts[GREATEST] / REGISTERS);
    for (int rank = REST_BITS; rank >= 1; rank--) {
      z = 0.5 * (z + counts[rank]);
    }
    z += REGISTERS * sigma((double) counts[0] / REGISTERS);
    return ALPHA * REGISTERS * REGISTERS / z;
  }

  /** x + Σ x^(2^k) 2^(k-1), for the registers that are still empty. */
  private static double sigma(double share) {
    if (share == 1) {
      return Double.POSITIVE_INFINITY;
    }
    double x = share;
    double y = 1;
    double sum = x;
    double before;
    do {
      x *= x;
      before = sum;
      sum += x * y;
      y += y;
    } while (sum != before);
    return sum;
  }

  /** (1 - x - Σ (1 - x^(2^-k))² 2^-k) / 3, for the registers that can grow no more. */
  private static double tau(double share) {
    if (share == 0 || share == 1) {
      return 0;
    }
    double x = share;
    double y = 1;
    double sum = 1 - x;
    double before;
    do {
      x = Math.sqrt(x);
      before = sum;
      y *= 0.5;
      sum -= (1 - x) * (1 - x) * y;
    } while (sum != before);
    return sum / 3;
  }

  void writeTo(ByteWriter out) {
    int least = least();
    byte[] packed = new byte[PACKED_BYTES];
    long base = Lanes.all(least);
    long limit = Lanes.all(least + EXCEPTION);
    boolean hasExceptions = false;
    for (int i = 0; i < PACKED_BYTES; i += Long.BYTES) {
      long low = Lanes.get(registers, i);
      long high = Lanes.get(registers, i + PACKED_BYTES);
      hasExceptions |= Lanes.isAnyAtLeast(Lanes.max(low, high), limit);
      low = Lanes.min(low, limit) - base;
      high = Lanes.min(high, limit) - base;
      Lanes.set(packed, i, (high << 4) | low);
    }
    out.writeByte(least);
    out.writeRaw(packed);
    if (hasExceptions) {
      writeExceptions(least + EXCEPTION, out);
    }
    out.writeLong(0);
  }

  private int least() {
    long least = Lanes.all(GREATEST);
    for (int i = 0; i < REGISTERS; i += Long.BYTES) {
      least = Lanes.min(least, Lanes.get(registers, i));
    }
    int result = GREATEST;
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      result = Math.min(result, (int) (least >>> shift) & 0x7F);
    }
    return result;
  }

  private void writeExceptions(int limit, ByteWriter out) {
    int last = -1;
    for (int start = 0; start < REGISTERS; start += Long.BYTES) {
      if (Lanes.isAnyAtLeast(Lanes.get(registers, start), Lanes.all(limit))) {
        for (int i = start; i < start + Long.BYTES; i++) {
          if (registers[i] >= limit) {
            out.writeLong(i - last);
            out.writeByte(registers[i]);
            last = i;
          }
        }
      }
    }
  }

  static HyperLogLog read(ByteReader in) {
    int least = in.readByte();
    if (least < 0 || least > GREATEST) {
      throw new MalformedBytesException("a register is " + least);
    }
    byte[] packed = in.readRaw(PACKED_BYTES);
    var read = new HyperLogLog();
    long base = Lanes.all(least);
    for (int i = 0; i < PACKED_BYTES; i += Long.BYTES) {
      long both = Lanes.get(packed, i);
      Lanes.set(read.registers, i, (both & LOW_HALVES) + base);
      Lanes.set(read.registers, i + PACKED_BYTES, ((both >>> 4) & LOW_HALVES) + base);
    }
    read.readExceptions(least + EXCEPTION, in);
    if (least + EXCEPTION > GREATEST) {
      read.requireInRange();
    }
    return read;
  }

  private void readExceptions(int limit, ByteReader in) {
    int index = -1;
    for (int step = in.readInt(); step != 0; step = in.readInt()) {
      if (step < 0 || step >= REGISTERS - index) {
        throw new MalformedBytesException("register " + index + " is followed by " + step);
      }
      index += step;
      byte value = in.readByte();
      if (registers[index] != limit || value < limit || value > GREATEST) {
        throw new MalformedBytesException("register " + index + " is " + value);
      }
      registers[index] = value;
    }
  }

  private void requireInRange() {
    for (byte register : registers) {
      if (register > GREATEST) {
        throw new MalformedBytesException("a register is " + register);
      }
    }
  }
}
