package io.millrace.server.cells;

import java.time.Duration;

/**
 * Ends what the thread that made it does when a time is over, also where it waits for somebody who
 * has stopped reading: an interrupted write closes its connection.
 */
final class AnswerBound implements AutoCloseable {
  private final Thread bounded = Thread.currentThread();
  private final Thread watching;
  private boolean isOver;

  AnswerBound(Duration longest) {
    watching = Thread.ofVirtual().name("answer-bound").start(() -> watch(longest));
  }

  private void watch(Duration longest) {
    try {
      Thread.sleep(longest);
      end();
    } catch (InterruptedException inTime) {
      // It has done what it was to do.
    }
  }

  private synchronized void end() {
    if (!isOver) {
      isOver = true;
      bounded.interrupt();
    }
  }

  /** By the thread that made it, which is as it was then. */
  @Override
  public synchronized void close() {
    if (isOver) {
      var _ = Thread.interrupted();
    }
    isOver = true;
    watching.interrupt();
  }
}
