package io.millrace.server.instance;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has been started, to be stopped in reverse. A part that does not stop does not keep the
 * others from it. Safe for any number of threads: a process may be told to end while it starts.
 */
final class Parts implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Parts.class);

  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private boolean isStopped;

  /**
   * Takes a part that has just been started.
   *
   * @throws IllegalStateException when the stop has begun meanwhile; the part is stopped then
   */
  <T extends AutoCloseable> T add(T part) {
    synchronized (this) {
      if (!isStopped) {
        started.push(part);
        return part;
      }
    }
    stop(part);
    throw new IllegalStateException("stopped while it was being started");
  }

  @Override
  public void close() {
    for (Optional<AutoCloseable> part = next(); part.isPresent(); part = next()) {
      stop(part.get());
    }
  }

  /** Not held while a part stops: one that is being started meanwhile must not wait for that. */
  private synchronized Optional<AutoCloseable> next() {
    isStopped = true;
    return Optional.ofNullable(started.poll());
  }

  private static void stop(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception failure) {
      log.atError()
          .setCause(failure)
          .addKeyValue("part", part.getClass().getSimpleName())
          .log("A part did not stop as it should");
    }
  }
}
