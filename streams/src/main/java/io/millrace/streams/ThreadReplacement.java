package io.millrace.streams;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a stream thread that fails replaced, and not at once: a cause that stays would else keep a
 * processor, the cluster and the log busy with nothing but failing. The first failure costs 100 ms,
 * each further one twice as much up to ten seconds, and after a minute without failures it is 100
 * ms again.
 *
 * <p>Called by the threads that fail, which do the waiting; safe for any number of them.
 */
final class ThreadReplacement implements StreamsUncaughtExceptionHandler {
  private static final Logger log = LoggerFactory.getLogger(ThreadReplacement.class);
  static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  static final Duration QUIET = Duration.ofMinutes(1);

  private final LongSupplier nanoTime;
  private final Sleeper sleeper;
  private final LongAdder count = new LongAdder();
  private final AtomicInteger pausing = new AtomicInteger();
  private Duration nextPause = SHORTEST_PAUSE;
  private long lastFailure;

  /** Waits for a time, or for a reason to wait no longer. */
  @FunctionalInterface
  interface Sleeper {
    void sleep(Duration pause) throws InterruptedException;
  }

  ThreadReplacement(LongSupplier nanoTime, Sleeper sleeper) {
    this.nanoTime = nanoTime;
    this.sleeper = sleeper;
  }

  /** Replaces threads after pauses that end early once the program stops. */
  static ThreadReplacement until(CountDownLatch stopped) {
    return new ThreadReplacement(
        System::nanoTime,
        pause -> {
          var _ = stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        });
  }

  @Override
  public StreamThreadExceptionResponse handle(Throwable failure) {
    count.increment();
    Duration pause = nextPause();
    log.atError()
        .setCause(failure)
        .addKeyValue("pause", pause)
        .log("A stream thread failed and is replaced after a pause");
    pausing.incrementAndGet();
    try {
      sleeper.sleep(pause);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      pausing.decrementAndGet();
    }
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  private synchronized Duration nextPause() {
    long now = nanoTime.getAsLong();
    if (now - lastFailure >= QUIET.toNanos()) {
      nextPause = SHORTEST_PAUSE;
    }
    lastFailure = now;
    Duration pause = nextPause;
    Duration doubled = pause.multipliedBy(2);
    nextPause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    return pause;
  }

  /** How many threads wait to be replaced, whose tasks nobody works on meanwhile. */
  int pausing() {
    return pausing.get();
  }

  /** How many threads have failed. */
  long count() {
    return count.sum();
  }
}
