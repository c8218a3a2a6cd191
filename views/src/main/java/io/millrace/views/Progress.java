package io.millrace.views;

import java.time.Duration;
import java.time.Instant;

/**
 * How far the log has been worked off, which decides what numbers can still change. Safe for any
 * number of threads.
 */
public interface Progress {

  /**
   * Every event received before this is in the views; {@link Instant#EPOCH} where nothing is known
   * yet.
   */
  Instant processedThrough();

  /** How long after it happened a live event still counts. */
  Duration allowedLateness();

  /** The latest end of a window that can no longer be changed by a live event. */
  default Instant finalUntil() {
    return processedThrough().minus(allowedLateness());
  }

  /**
   * Whether a window that ends then can no longer be changed by a live event. An import, whose
   * events may be of any age, can still add to it.
   */
  default boolean isFinal(Instant windowEnd) {
    return !windowEnd.isAfter(finalUntil());
  }
}
