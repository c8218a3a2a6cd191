package io.millrace.bench;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * So many events a second, whether the collector keeps up or not: each request has its moment, and
 * one that is late is sent at once. Only where all connections wait for answers does the load fall
 * behind, which what was {@link #accepted} then tells. Ends when it is closed.
 *
 * <p>Started by one thread, which closes it; each connection has a thread of its own.
 */
final class PacedLoad implements AutoCloseable {
  private static final int CONNECTIONS = 16;
  private static final int ACCEPTED = 202;

  private final URI collector;
  private final SampleEvents sample;
  private final int eventsOfRequest;
  private final long nanosOfRequest;
  private final ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
  private final AtomicLong numbers = new AtomicLong();
  private final LongAdder accepted = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final long begun = System.nanoTime();
  private volatile boolean closed;

  private PacedLoad(URI collector, SampleEvents sample, int eventsOfRequest, int eventsPerSecond) {
    this.collector = collector;
    this.sample = sample;
    this.eventsOfRequest = eventsOfRequest;
    this.nanosOfRequest = interval(eventsOfRequest, eventsPerSecond).toNanos();
  }

  static PacedLoad start(
      URI collector, SampleEvents sample, int eventsOfRequest, int eventsPerSecond) {
    var load = new PacedLoad(collector, sample, eventsOfRequest, eventsPerSecond);
    for (int i = 0; i < CONNECTIONS; i++) {
      load.threads.execute(load::connection);
    }
    return load;
  }

  /** From one request to the next, over all connections. */
  static Duration interval(int eventsOfRequest, int eventsPerSecond) {
    return Duration.ofNanos(Duration.ofSeconds(eventsOfRequest).toNanos() / eventsPerSecond);
  }

  private void connection() {
    while (!closed) {
      try (HttpConnection connection = HttpConnection.open(collector, "application/x-ndjson")) {
        while (!closed) {
          send(connection);
        }
      } catch (IOException broken) {
        // The request may have been taken or not; the next one begins a new connection.
        refused.increment();
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      }
    }
  }

  private void send(HttpConnection connection) throws IOException {
    long number = numbers.getAndIncrement();
    byte[] body = sample.lines(number * eventsOfRequest, eventsOfRequest);
    long due = begun + number * nanosOfRequest;
    for (long early = due - System.nanoTime(); early > 0 && !closed; ) {
      LockSupport.parkNanos(early);
      early = due - System.nanoTime();
    }
    if (closed) {
      return;
    }
    if (connection.post(body) == ACCEPTED) {
      accepted.add(eventsOfRequest);
    } else {
      refused.increment();
    }
  }

  /** Events for which the answer was 202. */
  long accepted() {
    return accepted.sum();
  }

  /** Requests with another answer or none. */
  long refused() {
    return refused.sum();
  }

  @Override
  public void close() {
    closed = true;
    threads.shutdownNow();
    try {
      var _ = threads.awaitTermination(15, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
