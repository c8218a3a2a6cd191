package io.millrace.query.testing;

import io.millrace.views.Progress;
import java.time.Duration;
import java.time.Instant;

/** As far as a test says. */
public final class SettableProgress implements Progress {
  private volatile Instant processedThrough = Instant.EPOCH;

  public void reach(Instant time) {
    processedThrough = time;
  }

  @Override
  public Instant processedThrough() {
    return processedThrough;
  }

  @Override
  public Duration allowedLateness() {
    return Duration.ofMinutes(10);
  }
}
