package io.millrace.query.sql.push;

import java.time.Duration;

/**
 * How much push queries may take.
 *
 * @param maxReaders {@code max-readers}: push queries that are read at a time
 * @param maxCatchUps {@code max-catch-ups}: of these, how many may read clicks of the past, each
 *     with a connection to Kafka of its own
 * @param bufferRows {@code buffer-rows}: clicks or rows that may wait for a reader; beyond it, the
 *     reader is dropped
 * @param bufferBytes {@code buffer-bytes}: about how much memory these may take
 * @param writePatience {@code write-patience}: how long a reader may not take anything at all
 *     before its connection is closed
 * @param heartbeat {@code heartbeat}: after so long without a row, something is sent all the same
 * @param lifetime {@code lifetime}: after it a stream ends, and the reader comes back
 * @param viewInterval {@code view-interval}: at least so long between two looks at a view; of a
 *     query that takes long, four times as long as it takes
 * @param maxViewRows {@code max-view-rows}: rows of a push query over a view, which are kept in
 *     memory
 */
public record PushConfig(
    int maxReaders,
    int maxCatchUps,
    int bufferRows,
    long bufferBytes,
    Duration writePatience,
    Duration heartbeat,
    Duration lifetime,
    Duration viewInterval,
    int maxViewRows) {

  public PushConfig {
    requirePositive("max-readers", maxReaders);
    requirePositive("max-catch-ups", maxCatchUps);
    requirePositive("buffer-rows", bufferRows);
    requirePositive("buffer-bytes", bufferBytes);
    requirePositive("write-patience", writePatience);
    requirePositive("heartbeat", heartbeat);
    requirePositive("lifetime", lifetime);
    requirePositive("view-interval", viewInterval);
    requirePositive("max-view-rows", maxViewRows);
  }

  public static PushConfig defaults() {
    return new PushConfig(
        100,
        4,
        10_000,
        16 << 20,
        Duration.ofSeconds(10),
        Duration.ofSeconds(15),
        Duration.ofHours(12),
        Duration.ofMillis(100),
        10_000);
  }

  private static void requirePositive(String key, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(key + ": " + value + " is less than 1");
    }
  }

  private static void requirePositive(String key, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException(key + ": " + value + " is not positive");
    }
  }
}
