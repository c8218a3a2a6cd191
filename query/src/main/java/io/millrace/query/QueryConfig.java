package io.millrace.query;

import java.time.Duration;

/**
 * How much a reader may ask for.
 *
 * @param maxRows {@code max-rows}: rows of one answer
 * @param defaultLimit {@code default-limit}: rows of totals where a query says nothing
 * @param maxCellsScanned {@code max-cells-scanned}: cells that one query may read
 * @param maxGroups {@code max-groups}: groups that one query may meet; each takes about half a
 *     kilobyte, and a full estimate of visitors four more
 * @param queryTimeout {@code query-timeout}: how long one query may take, or wait to begin
 * @param cellsPatience {@code cells-patience}: how long a query waits for cells that are moving,
 *     before it is refused
 * @param concurrentQueries {@code concurrent-queries}: queries of views answered at a time; more
 *     wait
 * @param maxLiveConnections {@code max-live-connections}: streams of live events
 * @param snapshotInterval {@code snapshot-interval}: between two snapshots of a site
 * @param feedSample {@code feed-sample}: clicks of one message of a stream
 */
public record QueryConfig(
    int maxRows,
    int defaultLimit,
    long maxCellsScanned,
    int maxGroups,
    Duration queryTimeout,
    Duration cellsPatience,
    int concurrentQueries,
    int maxLiveConnections,
    Duration snapshotInterval,
    int feedSample) {
  private static final Duration SHORTEST_SNAPSHOT_INTERVAL = Duration.ofMillis(100);

  public QueryConfig {
    requirePositive("max-rows", maxRows);
    requirePositive("default-limit", defaultLimit);
    if (defaultLimit > maxRows) {
      throw new IllegalArgumentException(
          "default-limit: " + defaultLimit + " is more than max-rows, " + maxRows);
    }
    requirePositive("max-cells-scanned", maxCellsScanned);
    requirePositive("max-groups", maxGroups);
    if (!queryTimeout.isPositive()) {
      throw new IllegalArgumentException("query-timeout: " + queryTimeout + " is not positive");
    }
    if (cellsPatience.isNegative()) {
      throw new IllegalArgumentException("cells-patience: " + cellsPatience + " is negative");
    }
    requirePositive("concurrent-queries", concurrentQueries);
    requirePositive("max-live-connections", maxLiveConnections);
    if (snapshotInterval.compareTo(SHORTEST_SNAPSHOT_INTERVAL) < 0) {
      throw new IllegalArgumentException(
          "snapshot-interval: " + snapshotInterval + " is less than " + SHORTEST_SNAPSHOT_INTERVAL);
    }
    requirePositive("feed-sample", feedSample);
  }

  public static QueryConfig defaults() {
    return new QueryConfig(
        10_000,
        100,
        2_000_000,
        50_000,
        Duration.ofSeconds(10),
        Duration.ofSeconds(2),
        4,
        200,
        Duration.ofSeconds(1),
        50);
  }

  private static void requirePositive(String key, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(key + ": " + value + " is less than 1");
    }
  }
}
