package io.millrace.server.drill.read;

import io.millrace.model.SourceOffset;
import io.millrace.server.ServerError;
import io.millrace.server.ServerException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * When each outcome was seen first, and how many there are of each partition of click-events; once
 * the watch has failed, only that. Safe for any number of threads.
 */
final class SeenOutcomes {
  private final Map<SourceOffset, Long> times = new ConcurrentHashMap<>();
  private final Map<Integer, Long> counts = new ConcurrentHashMap<>();
  private volatile @Nullable Exception failure;

  void see(SourceOffset source, long time) {
    if (times.putIfAbsent(source, time) == null) {
      counts.merge(source.partition(), 1L, Long::sum);
    }
  }

  void fail(Exception why) {
    failure = why;
  }

  Map<SourceOffset, Long> times() {
    requireAlive();
    return new HashMap<>(times);
  }

  Map<Integer, Long> counts() {
    requireAlive();
    return new HashMap<>(counts);
  }

  /** Nothing more will be seen: whoever waits for more must not wait in vain. */
  private void requireAlive() {
    Exception known = failure;
    if (known != null) {
      throw new ServerException(
          ServerError.DRILL_STUCK, "The lanes are not followed any longer: " + known, known);
    }
  }
}
