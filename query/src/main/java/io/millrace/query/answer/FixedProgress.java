package io.millrace.query.answer;

import io.millrace.views.Progress;
import io.millrace.views.ViewPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Progress at one moment. Taken before the cells of an answer are read: taken after, a cell that
 * was read early could be called final although it grew in between.
 */
public record FixedProgress(Instant processedThrough, Duration allowedLateness)
    implements Progress {

  public static FixedProgress of(Progress progress) {
    return new FixedProgress(progress.processedThrough(), progress.allowedLateness());
  }

  /** The latest end of a final window of a view; empty where none ever becomes final. */
  Optional<Instant> finalUntil(ViewPlan plan) {
    return plan.canBecomeFinal() ? Optional.of(finalUntil()) : Optional.empty();
  }

  /**
   * Whether a window or span of a view can no longer be changed by a live event.
   *
   * @param end in milliseconds since 1970; {@link Long#MAX_VALUE} for one that never ends
   */
  public boolean isFinal(ViewPlan plan, long end) {
    return plan.canBecomeFinal() && end != Long.MAX_VALUE && isFinal(Instant.ofEpochMilli(end));
  }
}
