package io.millrace.server.drill.proof;

import java.nio.charset.StandardCharsets;

/**
 * How many ids there are, and the sum of their hashes: two sets of the same size that differ in one
 * id have different sums, however many more they have in common.
 *
 * @param sum modulo 2⁶⁴
 */
public record IdSum(long count, long sum) {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  public static final IdSum ZERO = new IdSum(0, 0);

  public IdSum plus(String id) {
    return new IdSum(count + 1, sum + hash(id));
  }

  /** FNV-1a, finished so that ids that differ in their last digit differ in all bits. */
  private static long hash(String id) {
    long hash = FNV_OFFSET;
    for (byte each : id.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (each & 0xff)) * FNV_PRIME;
    }
    hash ^= hash >>> 32;
    return (hash * FNV_PRIME) ^ (hash >>> 29);
  }

  @Override
  public String toString() {
    return "%,d ids, sum %016x".formatted(count, sum);
  }
}
