package io.millrace.collector;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A bound on the bytes of all requests that are held at once, so that neither a slow log nor many
 * slow clients can fill the heap. Safe for any number of threads.
 */
final class ByteBudget {
  /**
   * What a request needs beside its body from when it has come until it is answered: its events as
   * objects and encoded, and what waits for their acknowledgements. An estimate: a collector of 160
   * MB whose log was away ran out of memory with some 2,300 requests of ten events, each on a
   * connection of its own.
   */
  static final int REQUEST_BYTES = 24 * 1024;

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
