package io.millrace.server.traffic;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/** Things of which some are picked more often than others. Immutable. */
final class Weighted<T> {
  private final List<T> things;
  private final double[] cumulated;

  Weighted(List<T> things, ToDoubleFunction<T> weight) {
    this.things = List.copyOf(things);
    this.cumulated = new double[things.size()];
    double sum = 0;
    for (int index = 0; index < cumulated.length; index++) {
      sum += weight.applyAsDouble(this.things.get(index));
      cumulated[index] = sum;
    }
    if (!(sum > 0)) {
      throw new IllegalArgumentException("weights: nothing here can be picked");
    }
  }

  /**
   * By Zipf's law: the n-th thing is picked in proportion to 1/n, as pages of a site are looked at
   * and words of a language are used.
   */
  static <T> Weighted<T> zipf(List<T> things) {
    return new Weighted<>(things, thing -> 1.0 / (things.indexOf(thing) + 1));
  }

  T pick(RandomGenerator random) {
    double point = random.nextDouble() * cumulated[cumulated.length - 1];
    int found = Arrays.binarySearch(cumulated, point);
    int index = found < 0 ? -found - 1 : found + 1;
    return things.get(Math.min(index, cumulated.length - 1));
  }
}
