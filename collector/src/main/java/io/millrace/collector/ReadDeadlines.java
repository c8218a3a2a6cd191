package io.millrace.collector;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Cuts off clients that send slowly. A read timeout would not: a byte every few seconds always
 * beats it. So the thread that reads says by when it must be done, and a sweeper interrupts those
 * that are not, which closes their connection.
 *
 * <p>Costs one map entry a reading and looks at all of them twice a second, so a cut comes up to
 * half a second late. Safe for any number of threads; the sweeper is a virtual thread.
 */
public final class ReadDeadlines implements AutoCloseable {
  private static final Duration SWEEP = Duration.ofMillis(500);

  private final Map<Thread, Long> deadlines = new ConcurrentHashMap<>();
  private final Thread sweeper;

  public ReadDeadlines() {
    sweeper = Thread.ofVirtual().name("collector-read-deadlines").start(this::sweep);
  }

  /** The calling thread begins to read. */
  public void begin(Duration allowed) {
    deadlines.put(Thread.currentThread(), System.nanoTime() + allowed.toNanos());
  }

  /** The calling thread has read what it wanted. */
  public void end() {
    deadlines.remove(Thread.currentThread());
  }

  private void sweep() {
    try {
      while (true) {
        Thread.sleep(SWEEP);
        long now = System.nanoTime();
        deadlines.forEach((thread, deadline) -> interruptLate(thread, deadline, now));
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void interruptLate(Thread thread, Long deadline, long now) {
    if (deadline - now < 0 && deadlines.remove(thread, deadline)) {
      thread.interrupt();
    }
  }

  @Override
  public void close() {
    sweeper.interrupt();
  }
}
