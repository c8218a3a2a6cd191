package io.millrace.model.cell;

import io.millrace.model.codec.ByteReader;
import io.millrace.model.codec.ByteWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Contributions as they come together in life: in any parts, in any order, some as bytes. */
final class Partials {
  private Partials() {}

  /** Values in any order, cut into parts, and the parts merged in any order and grouping. */
  static Accumulator mergedAtRandom(AccumulatorKind kind, long[] values, Random random) {
    long[] shuffled = shuffled(values, random);
    List<Accumulator> parts = new ArrayList<>();
    for (int from = 0; from < shuffled.length; ) {
      int to = Math.min(shuffled.length, from + 1 + random.nextInt(shuffled.length));
      parts.add(kind.of(Arrays.copyOfRange(shuffled, from, to)));
      from = to;
    }
    while (parts.size() > 1) {
      Accumulator one = parts.remove(random.nextInt(parts.size()));
      Accumulator other = parts.get(random.nextInt(parts.size()));
      other.merge(random.nextBoolean() ? one : read(bytes(one)));
    }
    return parts.isEmpty() ? kind.empty() : parts.getFirst();
  }

  private static long[] shuffled(long[] values, Random random) {
    long[] shuffled = values.clone();
    for (int i = shuffled.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      long value = shuffled[i];
      shuffled[i] = shuffled[other];
      shuffled[other] = value;
    }
    return shuffled;
  }

  static byte[] bytes(Accumulator accumulator) {
    var out = new ByteWriter();
    accumulator.writeTo(out);
    return out.toBytes();
  }

  static Accumulator read(byte[] bytes) {
    return Accumulator.read(new ByteReader(bytes));
  }
}
