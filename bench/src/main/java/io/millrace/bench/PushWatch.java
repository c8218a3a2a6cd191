package io.millrace.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Reads a push query in a thread of its own, and notes when the row of a marked event is there. */
final class PushWatch implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Probe> onTheirWay = new ConcurrentHashMap<>();
  private final HttpClient client;
  private final InputStream body;
  private final Thread thread;

  /**
   * Begins to read.
   *
   * @param sql whose first column is the campaign that marks an event
   */
  PushWatch(HttpClient client, URI base, String sql) throws IOException, InterruptedException {
    this.client = client;
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve("/api/v1/sql"))
            .header("Accept", "application/x-ndjson")
            .header("Content-Type", "application/sql")
            .POST(BodyPublishers.ofString(sql))
            .build();
    HttpResponse<InputStream> answer = this.client.send(request, BodyHandlers.ofInputStream());
    body = answer.body();
    if (answer.statusCode() != 200) {
      throw new BenchmarkException(new String(body.readAllBytes(), StandardCharsets.UTF_8));
    }
    thread = Thread.ofPlatform().daemon().name("push-watch").start(this::read);
  }

  /** An event is about to be sent. */
  Probe expect(String campaign) {
    Probe probe = Probe.of(campaign, 1);
    onTheirWay.put(campaign, probe);
    return probe;
  }

  private void read() {
    try (var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        long now = System.nanoTime();
        for (JsonNode row : JSON.readTree(line).path("rows")) {
          Probe probe = onTheirWay.remove(row.path(0).asText());
          if (probe != null) {
            probe.visible().complete(now);
          }
        }
      }
    } catch (IOException closed) {
      // Whoever still waits is told by the patience of his probe.
    }
  }

  @Override
  public void close() throws IOException {
    body.close();
    thread.interrupt();
  }
}
