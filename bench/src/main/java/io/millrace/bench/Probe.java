package io.millrace.bench;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * One marked event and the moments of its way, in nanoseconds of {@link System#nanoTime}.
 *
 * @param campaign that marks it
 * @param expected how many events of that campaign there are with it
 * @param sent when it was about to be sent
 * @param accepted when the answer 202 had been read
 * @param visible when an answer of the view with it had been read
 */
record Probe(
    String campaign,
    long expected,
    long sent,
    CompletableFuture<Long> accepted,
    CompletableFuture<Long> visible) {

  static Probe of(String campaign, long expected) {
    return new Probe(campaign, expected, System.nanoTime(), moment(), moment());
  }

  /** What marks the next event, once this one has been seen. */
  Probe next() {
    return of(campaign, expected + 1);
  }

  /** Nobody waits for ever, whatever happened. */
  private static CompletableFuture<Long> moment() {
    return new CompletableFuture<Long>().orTimeout(1, TimeUnit.MINUTES);
  }

  Duration sentToAccepted() {
    return Duration.ofNanos(moment(accepted) - sent);
  }

  Duration sentToVisible() {
    return Duration.ofNanos(moment(visible) - sent);
  }

  /** The two moments are seen by two threads, so this could be a hair below nothing. */
  Duration acceptedToVisible() {
    return Duration.ofNanos(Math.max(0, moment(visible) - moment(accepted)));
  }

  private static long moment(CompletableFuture<Long> future) {
    try {
      return future.join();
    } catch (CompletionException failure) {
      throw new BenchmarkException(String.valueOf(failure.getCause()));
    }
  }
}
