package io.millrace.bench;

import java.util.stream.DoubleStream;

/** The number in the middle, or the mean of the two there. */
final class Median {
  private Median() {}

  /**
   * Of some numbers.
   *
   * @throws BenchmarkException if there are none
   */
  static double of(DoubleStream numbers) {
    double[] sorted = numbers.sorted().toArray();
    if (sorted.length == 0) {
      throw new BenchmarkException("nothing was measured");
    }
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
