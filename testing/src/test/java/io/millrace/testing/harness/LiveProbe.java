package io.millrace.testing.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Watches a site, as the live page does, and keeps what it was told. Safe for any thread. */
public final class LiveProbe implements AutoCloseable {
  private static final Duration LONGEST_START = Duration.ofSeconds(30);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Stream<String> stream;

  /**
   * Begins to watch.
   *
   * @throws AssertionError when the stream is refused
   */
  public LiveProbe(URI base, String site) {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve("/api/v1/live?site=" + site))
            .timeout(LONGEST_START)
            .GET()
            .build();
    try {
      HttpResponse<Stream<String>> response = client.send(request, BodyHandlers.ofLines());
      stream = response.body();
      if (response.statusCode() != 200) {
        String answer = String.join("\n", stream.toList());
        client.shutdownNow();
        throw new AssertionError(answer);
      }
    } catch (IOException failure) {
      client.shutdownNow();
      throw new UncheckedIOException("no stream", failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while waiting for a stream", stopped);
    }
    var _ = Thread.ofVirtual().name("live-probe").start(this::read);
  }

  private void read() {
    try {
      stream.forEach(lines::add);
    } catch (UncheckedIOException closed) {
      // Who waits for more will say so.
    }
  }

  /** Whether a click came with this id. */
  public boolean hasClick(String id) {
    return lines.stream().anyMatch(line -> line.contains("\"id\":\"" + id + "\""));
  }

  @Override
  public void close() {
    client.shutdownNow();
    stream.close();
  }
}
