package io.millrace.testing.harness;

import java.io.UncheckedIOException;

/**
 * Reads the counters of one process, which answer at once where the books wait for what they are
 * asked about. For one thread.
 */
public final class MetricsProbe implements AutoCloseable {
  private final HttpProbe http;

  public MetricsProbe(HttpProbe http) {
    this.http = http;
  }

  /** The sum of a metric over all its labels; 0 where nobody answers. */
  public long sum(String metric) {
    try {
      return http.get("/metrics")
          .body()
          .lines()
          .filter(line -> line.startsWith(metric + '{') || line.startsWith(metric + ' '))
          .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    } catch (UncheckedIOException startingOrEnding) {
      return 0;
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
