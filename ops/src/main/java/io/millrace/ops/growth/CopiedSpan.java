package io.millrace.ops.growth;

/**
 * What a copy has of one partition of its source.
 *
 * @param first the lowest offset
 * @param last the highest offset
 * @param count how many records
 */
record CopiedSpan(long first, long last, long count) {

  static CopiedSpan of(long offset) {
    return new CopiedSpan(offset, offset, 1);
  }

  CopiedSpan and(CopiedSpan other) {
    return new CopiedSpan(
        Math.min(first, other.first), Math.max(last, other.last), count + other.count);
  }

  /** Whether nothing between the first and the last is missing or there twice. */
  boolean isWhole() {
    return last - first + 1 == count;
  }

  /** Where to go on. */
  long next() {
    return last + 1;
  }
}
