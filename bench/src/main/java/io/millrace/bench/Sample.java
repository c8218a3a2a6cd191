package io.millrace.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Durations and their quantiles: the smallest measured value that at least such a share of all
 * values does not exceed. Nothing is interpolated, so each quantile was really measured. Immutable.
 */
final class Sample {
  private final long[] sortedNanos;

  private Sample(long[] sortedNanos) {
    this.sortedNanos = sortedNanos;
  }

  static Sample of(Collection<Duration> durations) {
    return ofNanos(durations.stream().mapToLong(Duration::toNanos).toArray());
  }

  static Sample ofNanos(long[] nanos) {
    if (nanos.length == 0) {
      throw new BenchmarkException("nothing was measured");
    }
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return new Sample(sorted);
  }

  int size() {
    return sortedNanos.length;
  }

  Duration median() {
    return quantile(0.5);
  }

  Duration max() {
    return quantile(1);
  }

  /**
   * The value for a share.
   *
   * @param share above 0, at most 1
   */
  Duration quantile(double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("share: expected above 0 to 1, got " + share);
    }
    int rank = (int) Math.ceil(share * sortedNanos.length);
    return Duration.ofNanos(sortedNanos[rank - 1]);
  }

  /** Median, p90, p99 and the largest as texts. */
  List<String> quantiles() {
    return List.of(
        Text.millis(median()),
        Text.millis(quantile(0.9)),
        Text.millis(quantile(0.99)),
        Text.millis(max()));
  }
}
