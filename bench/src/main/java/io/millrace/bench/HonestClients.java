package io.millrace.bench;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients as they should be: single events at an even pace, on a few connections that are kept
 * open. Each request has its moment, and the time of its answer counts from that moment: what waits
 * because others wait is not left out.
 *
 * @param collector whose key is that of the demo
 * @param perSecond requests of all of them together
 */
record HonestClients(URI collector, int perSecond) {
  private static final int CONNECTIONS = 8;
  private static final int ACCEPTED = 202;
  private static final Duration PAUSE = Duration.ofMillis(100);

  /** For what is still under way at the end; what has not been sent then, never is. */
  private static final Duration GRACE = Duration.ofSeconds(12);

  /**
   * What came of it.
   *
   * @param refused requests with another answer than 202, or none, or that were never sent
   * @param answers times until the whole 202 was read; nothing if there was none
   */
  record Outcome(long refused, Optional<Sample> answers) {}

  /**
   * Sends for a time.
   *
   * @param run keeps the ids of these events apart from those of others
   */
  Outcome send(String run, Duration length) throws InterruptedException {
    var sending =
        new Sending(new SampleEvents(run), Math.toIntExact(perSecond * length.toSeconds()));
    try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      for (int i = 0; i < CONNECTIONS; i++) {
        threads.execute(sending::connections);
      }
      threads.shutdown();
      if (!threads.awaitTermination(length.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
        sending.isOver = true;
      }
    }
    return sending.outcome();
  }

  /** One run of all connections. */
  private final class Sending {
    private final SampleEvents sample;
    private final AtomicLong numbers = new AtomicLong();

    /** From its moment to the answer, by the request's number; 0 if it was not accepted. */
    private final AtomicLongArray nanos;

    private final long begun = System.nanoTime();
    private volatile boolean isOver;

    Sending(SampleEvents sample, int requests) {
      this.sample = sample;
      this.nanos = new AtomicLongArray(requests);
    }

    void connections() {
      while (hasMore()) {
        try (HttpConnection connection = HttpConnection.open(collector, "application/json")) {
          while (hasMore()) {
            post(connection);
          }
        } catch (IOException broken) {
          // The request counts as refused; the next one begins a new connection.
          LockSupport.parkNanos(PAUSE.toNanos());
        }
      }
    }

    private boolean hasMore() {
      return !isOver && numbers.get() < nanos.length();
    }

    private void post(HttpConnection connection) throws IOException {
      long number = numbers.getAndIncrement();
      if (number >= nanos.length()) {
        return;
      }
      byte[] body = sample.single(number);
      long due = begun + Duration.ofSeconds(number).toNanos() / perSecond;
      for (long early = due - System.nanoTime(); early > 0 && !isOver; ) {
        LockSupport.parkNanos(early);
        early = due - System.nanoTime();
      }
      if (connection.post(body) == ACCEPTED) {
        nanos.set((int) number, System.nanoTime() - due);
      }
    }

    Outcome outcome() {
      long[] accepted = new long[nanos.length()];
      int count = 0;
      for (int i = 0; i < nanos.length(); i++) {
        if (nanos.get(i) > 0) {
          accepted[count++] = nanos.get(i);
        }
      }
      return new Outcome(
          nanos.length() - count,
          count == 0
              ? Optional.empty()
              : Optional.of(Sample.ofNanos(Arrays.copyOf(accepted, count))));
    }
  }
}
