package io.millrace.server.broker;

import java.time.Duration;

/** A time by which something must have happened. */
record Deadline(long nanoTime) {

  private static final Duration PAUSE = Duration.ofMillis(50);

  static Deadline in(Duration duration) {
    return new Deadline(System.nanoTime() + duration.toNanos());
  }

  boolean passed() {
    return System.nanoTime() - nanoTime >= 0;
  }

  /** Waits a moment before a condition is looked at again. */
  static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for a broker", stop);
    }
  }
}
