package io.millrace.testing.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads a push query, an event a line. For one thread. */
public final class PushReader implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final InputStream body;
  private final BufferedReader lines;
  private String lastId = "";

  /**
   * Begins to read.
   *
   * @param after the last id of before; empty for none
   */
  public PushReader(URI base, String sql, String after) {
    String asked = JSON.createObjectNode().put("sql", sql).put("after", after).toString();
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve("/api/v1/sql"))
            .header("Content-Type", "application/json")
            .header("Accept", "application/x-ndjson")
            .POST(BodyPublishers.ofString(asked))
            .build();
    try {
      HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
      body = response.body();
      if (response.statusCode() != 200) {
        throw new AssertionError(new String(body.readAllBytes(), StandardCharsets.UTF_8));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("no stream", failure);
    } catch (InterruptedException stopped) {
      throw new AssertionError("no stream in time", stopped);
    }
    lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    next();
  }

  /** The next event, be it only that it waits; empty at the end. */
  public Optional<JsonNode> next() {
    try {
      String line = lines.readLine();
      if (line == null) {
        return Optional.empty();
      }
      JsonNode event = JSON.readTree(line);
      lastId = event.path("id").asText(lastId);
      return Optional.of(event);
    } catch (IOException broken) {
      throw new UncheckedIOException("the stream broke", broken);
    }
  }

  /** The id to go on from. */
  public String lastId() {
    return lastId;
  }

  @Override
  public void close() {
    try {
      body.close();
    } catch (IOException broken) {
      throw new UncheckedIOException("the stream broke", broken);
    }
    client.shutdownNow();
  }
}
