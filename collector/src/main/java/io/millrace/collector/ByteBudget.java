package io.millrace.collector;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A bound on the bytes of all requests that are held at once, so that neither a slow log nor many
 * slow clients can fill the heap. Safe for any number of threads.
 */
final class ByteBudget {
  private final long limit;
  private final AtomicLong used = new AtomicLong();

  ByteBudget(long limit) {
    this.limit = limit;
  }

  long used() {
    return used.get();
  }

  Share open() {
    return new Share();
  }

  /** What one request holds, given back when it ends. For one thread. */
  final class Share implements AutoCloseable {
    private long held;

    /** Whether there was room for as many bytes more. */
    boolean grow(long bytes) {
      if (used.addAndGet(bytes) > limit) {
        used.addAndGet(-bytes);
        return false;
      }
      held += bytes;
      return true;
    }

    @Override
    public void close() {
      used.addAndGet(-held);
      held = 0;
    }
  }
}
