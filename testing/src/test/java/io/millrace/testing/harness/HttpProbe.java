package io.millrace.testing.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** One request, one answer, whatever it is: tries nothing again. Safe for any number of threads. */
public final class HttpProbe implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final URI base;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  public HttpProbe(URI base) {
    this.base = base;
  }

  public HttpAnswer get(String path) {
    return exchange(HttpRequest.newBuilder(base.resolve(path)).GET());
  }

  /** Posts events: one JSON object, or an array of them. */
  public HttpAnswer postEvents(String key, String json) {
    return postEvents(key, json, Map.of());
  }

  /** The same with further headers, as of a browser. */
  public HttpAnswer postEvents(String key, String json, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve("/v1/events"))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .header("User-Agent", TestEvent.AGENT)
            .POST(HttpRequest.BodyPublishers.ofString(json));
    headers.forEach(request::setHeader);
    return exchange(request);
  }

  public HttpAnswer post(String path, String type, String body) {
    return exchange(
        HttpRequest.newBuilder(base.resolve(path))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpAnswer exchange(HttpRequest.Builder request) {
    long begun = System.nanoTime();
    try {
      HttpResponse<String> response =
          client.send(request.timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofString());
      Map<String, String> headers = new LinkedHashMap<>();
      response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
      return new HttpAnswer(
          response.statusCode(),
          headers,
          response.body(),
          Duration.ofNanos(System.nanoTime() - begun));
    } catch (IOException noAnswer) {
      throw new UncheckedIOException("no answer from " + base, noAnswer);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while waiting for an answer", stopped);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
