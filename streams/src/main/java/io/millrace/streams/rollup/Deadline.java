package io.millrace.streams.rollup;

import java.time.Duration;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * Does something once, a while after there was a first reason for it. A repeated punctuation would
 * make a transaction each time, also in a program that has nothing to do. Belongs to the thread of
 * its task.
 */
final class Deadline {
  private final ProcessorContext<?, ?> context;
  private final Duration delay;
  private final Runnable action;
  private @Nullable Cancellable pending;

  Deadline(ProcessorContext<?, ?> context, Duration delay, Runnable action) {
    this.context = context;
    this.delay = delay;
    this.action = action;
  }

  /** Begins to wait, unless it does already. */
  void set() {
    if (pending == null) {
      pending = context.schedule(delay, PunctuationType.WALL_CLOCK_TIME, time -> pass());
    }
  }

  private void pass() {
    cancel();
    action.run();
  }

  /** To be called when what it waits for has been done otherwise. */
  void cancel() {
    Cancellable waiting = pending;
    if (waiting != null) {
      waiting.cancel();
      pending = null;
    }
  }
}
