package io.millrace.testing.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Makes inputs of others, the same ones for the same seed. For one thread. */
final class Mutations {
  private static final int LONGEST = 64 << 10;
  private static final int MOST_CHANGES = 6;
  private static final int MOST_REPEATS = 3_000;

  /** Ends of ranges, ends of varints, halves of characters, marks of formats. */
  private static final int[] TELLING = {
    0, 1, 2, 9, 10, 13, 27, 34, 37, 39, 44, 0x3F, 0x40, 0x7F, 0x80, 0xC0, 0xE2, 0xED, 0xF4, 0xFE,
    0xFF
  };

  private final List<byte[]> pool;
  private final List<byte[]> words;
  private final RandomGenerator random;

  Mutations(FuzzTarget target, List<byte[]> pool, long seed) {
    this.pool = pool.isEmpty() ? List.of(new byte[1]) : pool;
    this.words = target.words();
    this.random =
        RandomGeneratorFactory.of("L64X128MixRandom").create(seed * 31 + target.name().hashCode());
  }

  byte[] next() {
    byte[] bytes = picked(pool);
    int changes = 1 + random.nextInt(MOST_CHANGES);
    for (int i = 0; i < changes; i++) {
      bytes = changed(bytes);
    }
    return bytes.length <= LONGEST ? bytes : Arrays.copyOf(bytes, LONGEST);
  }

  private byte[] changed(byte[] bytes) {
    int from = random.nextInt(bytes.length + 1);
    int to = Math.min(bytes.length, from + random.nextInt(1 + Math.min(40, bytes.length)));
    return switch (random.nextInt(9)) {
      case 0 -> flipped(bytes, from);
      case 1 -> replaced(bytes, from, Math.min(bytes.length, from + 1), telling());
      case 2 -> replaced(bytes, from, to, new byte[0]);
      case 3 -> replaced(bytes, to, to, Arrays.copyOfRange(bytes, from, to));
      case 4 -> replaced(bytes, from, from, word());
      case 5 -> replaced(bytes, from, to, word());
      case 6 -> replaced(bytes, from, bytes.length, tail(picked(pool)));
      case 7 -> Arrays.copyOf(bytes, from);
      default -> replaced(bytes, from, from, repeated(Arrays.copyOfRange(bytes, from, to)));
    };
  }

  private byte[] flipped(byte[] bytes, int at) {
    byte[] changed = bytes.clone();
    if (at < changed.length) {
      changed[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
    }
    return changed;
  }

  private byte[] telling() {
    return new byte[] {(byte) TELLING[random.nextInt(TELLING.length)]};
  }

  private byte[] word() {
    return words.isEmpty() ? telling() : picked(words);
  }

  private byte[] tail(byte[] bytes) {
    return Arrays.copyOfRange(bytes, random.nextInt(bytes.length + 1), bytes.length);
  }

  private byte[] repeated(byte[] part) {
    var out = new ByteArrayOutputStream();
    // Mostly few, now and then as many as there is room for.
    int repeats = 1 << random.nextInt(32 - Integer.numberOfLeadingZeros(MOST_REPEATS));
    for (int i = 0; i < repeats && out.size() < LONGEST; i++) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private byte[] picked(List<byte[]> from) {
    return from.get(random.nextInt(from.size()));
  }

  private static byte[] replaced(byte[] bytes, int from, int to, byte[] by) {
    var out = new ByteArrayOutputStream(bytes.length + by.length);
    out.write(bytes, 0, from);
    out.writeBytes(by);
    out.write(bytes, to, bytes.length - to);
    return out.toByteArray();
  }
}
