package io.millrace.bench;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/**
 * As many requests as the collector answers: each connection sends its next request when it has
 * read the answer to the last. Ends after a time or a number of requests, whichever comes first.
 *
 * @param contentType of the bodies
 * @param bodies by the number of the request, each different from all others
 */
record Load(int connections, long mostRequests, String contentType, LongFunction<byte[]> bodies) {

  /**
   * What came of it.
   *
   * @param refused requests with another answer than 202, or none; their times are not in the
   *     sample
   * @param answers times from before the first byte was sent until the whole 202 was read
   */
  record Outcome(Duration length, long refused, Sample answers) {
    long accepted() {
      return answers.size();
    }
  }

  Outcome run(URI collector, Duration length) throws InterruptedException {
    var numbers = new AtomicLong();
    long begun = System.nanoTime();
    long end = begun + length.toNanos();
    try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
      var running = new ArrayList<Future<Client>>();
      for (int i = 0; i < connections; i++) {
        running.add(threads.submit(() -> new Client().run(collector, numbers, end)));
      }
      var clients = new ArrayList<Client>();
      for (Future<Client> each : running) {
        clients.add(result(each));
      }
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      return outcome(clients, took);
    }
  }

  private static Client result(Future<Client> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException failure) {
      throw new BenchmarkException("a connection failed: " + failure.getCause());
    }
  }

  private static Outcome outcome(List<Client> clients, Duration took) {
    long refused = clients.stream().mapToLong(client -> client.refused).sum();
    long[] nanos =
        clients.stream()
            .flatMapToLong(client -> Arrays.stream(client.nanos, 0, client.accepted))
            .toArray();
    return new Outcome(took, refused, Sample.ofNanos(nanos));
  }

  /** One connection and its thread. */
  private final class Client {
    private long[] nanos = new long[1 << 14];
    private int accepted;
    private long refused;

    Client run(URI collector, AtomicLong numbers, long end) throws IOException {
      try (HttpConnection connection = HttpConnection.open(collector, contentType)) {
        long number = numbers.getAndIncrement();
        while (number < mostRequests && System.nanoTime() < end) {
          byte[] body = bodies.apply(number);
          long sent = System.nanoTime();
          int status = connection.post(body);
          count(status, System.nanoTime() - sent);
          number = numbers.getAndIncrement();
        }
      }
      return this;
    }

    private void count(int status, long took) {
      if (status != 202) {
        refused++;
        return;
      }
      if (accepted == nanos.length) {
        nanos = Arrays.copyOf(nanos, 2 * nanos.length);
      }
      nanos[accepted++] = took;
    }
  }
}
