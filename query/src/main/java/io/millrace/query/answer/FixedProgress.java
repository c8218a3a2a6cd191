package io.millrace.query.answer;

import io.millrace.views.Progress;
import java.time.Duration;
import java.time.Instant;

/**
 * Progress at one moment. Taken before the cells of an answer are read: taken after, a cell that
 * was read early could be called final although it grew in between.
 */
public record FixedProgress(Instant processedThrough, Duration allowedLateness)
    implements Progress {

  public static FixedProgress of(Progress progress) {
    return new FixedProgress(progress.processedThrough(), progress.allowedLateness());
  }

  /**
   * Whether a window can no longer be changed by a live event.
   *
   * @param windowEnd in milliseconds since 1970; {@link Long#MAX_VALUE} for one that never ends
   */
  public boolean isFinal(long windowEnd) {
    return windowEnd != Long.MAX_VALUE && isFinal(Instant.ofEpochMilli(windowEnd));
  }
}
