package io.millrace.server.instance;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * The first step of a stop: the process says that it is not ready, and goes on serving for a while,
 * so that whoever sends requests to several processes sends no more to this one. Safe for any
 * number of threads.
 */
final class Drain implements AutoCloseable {
  private final Duration pause;
  private final CountDownLatch begun = new CountDownLatch(1);

  Drain(Duration pause) {
    this.pause = pause;
  }

  /** Why the process is not ready, as a clause; empty until the stop has begun. */
  Optional<String> obstacle() {
    return begun.getCount() == 0 ? Optional.of("the process is stopping") : Optional.empty();
  }

  @Override
  public void close() {
    begun.countDown();
    try {
      Thread.sleep(pause);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }
}
