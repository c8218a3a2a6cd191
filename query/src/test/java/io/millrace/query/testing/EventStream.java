package io.millrace.query.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads server-sent events, as a browser does. For one thread. */
public final class EventStream implements AutoCloseable {
  private final InputStream body;
  private final BufferedReader lines;
  private String retry = "";

  private EventStream(InputStream body) {
    this.body = body;
    lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
  }

  public static EventStream follow(QueryServer server, String site) {
    try {
      HttpResponse<InputStream> response =
          server
              .client()
              .send(
                  server.request("/api/v1/live?site=" + site).build(),
                  BodyHandlers.ofInputStream());
      if (response.statusCode() != 200
          || !response
              .headers()
              .firstValue("Content-Type")
              .orElse("")
              .equals("text/event-stream")) {
        throw new AssertionError("no stream: " + response);
      }
      return new EventStream(response.body());
    } catch (IOException | InterruptedException failure) {
      throw new AssertionError("no stream", failure);
    }
  }

  /** The data of the next event of a kind; others are passed over. */
  public JsonNode next(String kind) {
    String event = "";
    for (String line = line(); line != null; line = line()) {
      if (line.startsWith("retry: ")) {
        retry = line.substring("retry: ".length());
      } else if (line.startsWith("event: ")) {
        event = line.substring("event: ".length());
      } else if (line.startsWith("data: ") && event.equals(kind)) {
        return QueryServer.parse(line.substring("data: ".length()));
      }
    }
    throw new AssertionError("the stream ended before an event " + kind);
  }

  /** How long the server asks to wait before coming back, in milliseconds. */
  public String retry() {
    return retry;
  }

  /** Waits for the end. */
  public boolean ends() {
    String line = line();
    while (line != null) {
      line = line();
    }
    return true;
  }

  private @Nullable String line() {
    try {
      return lines.readLine();
    } catch (IOException failure) {
      throw new UncheckedIOException("the stream broke", failure);
    }
  }

  @Override
  public void close() {
    try {
      body.close();
    } catch (IOException failure) {
      throw new UncheckedIOException("the stream broke", failure);
    }
  }
}
