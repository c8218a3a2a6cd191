package io.millrace.server.drill.load;

import java.util.HashMap;
import java.util.Map;

/**
 * Gives out milliseconds, each once: the latest that is free and not after one that is wished for.
 *
 * <p>For each that is taken it knows an earlier one down to which all others are taken too, and
 * every search lengthens these steps for the next one, so that many wishes for one moment are met
 * as fast as few. For one thread.
 */
final class FreeTimes {
  /** For each time that is taken, the next to try. */
  private final Map<Long, Long> below = new HashMap<>();

  long take(long wish) {
    long free = wish;
    for (Long next = below.get(free); next != null; next = below.get(free)) {
      free = next;
    }
    long at = wish;
    while (at != free) {
      Long next = below.put(at, free - 1);
      at = next == null ? free : next;
    }
    below.put(free, free - 1);
    return free;
  }
}
