package io.millrace.query.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads a push query as server-sent events. For one thread. */
public final class PushProbe implements AutoCloseable {
  private final InputStream body;
  private final BufferedReader lines;
  private String lastId = "";

  /** An event with its name, the id that it leaves, and its data; null data of a heartbeat. */
  public record Event(String name, String id, JsonNode data) {

    /** The rows as JSON. */
    public String rows() {
      return data.path("rows").toString();
    }
  }

  private PushProbe(InputStream body) {
    this.body = body;
    lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
  }

  public static PushProbe open(QueryServer server, String sql) {
    return open(server, sql, "");
  }

  /** Goes on after an id. */
  public static PushProbe open(QueryServer server, String sql, String after) {
    var request = server.request("/api/v1/sql").header("Accept", "text/event-stream");
    if (!after.isEmpty()) {
      request.header("Last-Event-ID", after);
    }
    try {
      HttpResponse<InputStream> response =
          server
              .client()
              .send(
                  request
                      .header("Content-Type", "application/sql")
                      .POST(BodyPublishers.ofString(sql))
                      .build(),
                  BodyHandlers.ofInputStream());
      if (response.statusCode() != 200) {
        throw new AssertionError(
            new String(response.body().readAllBytes(), StandardCharsets.UTF_8));
      }
      return new PushProbe(response.body());
    } catch (IOException | InterruptedException failure) {
      throw new AssertionError("no stream", failure);
    }
  }

  /** The next event; heartbeats are passed over. */
  public Event next() {
    String name = "";
    for (String line = line(); !line.equals("the end"); line = line()) {
      if (line.startsWith("event: ")) {
        name = line.substring("event: ".length());
      } else if (line.startsWith("id: ")) {
        lastId = line.substring("id: ".length());
      } else if (line.startsWith("data: ")) {
        return new Event(name, lastId, QueryServer.parse(line.substring("data: ".length())));
      }
    }
    throw new AssertionError("the stream ended");
  }

  /** The next event, which is of this name. */
  public Event next(String name) {
    Event event = next();
    if (!event.name().equals(name)) {
      throw new AssertionError("expected " + name + ", got " + event);
    }
    return event;
  }

  /** So many rows of clicks, each as JSON. */
  public List<String> rows(int count) {
    var rows = new ArrayList<String>();
    while (rows.size() < count) {
      next("rows").data().path("rows").forEach(row -> rows.add(row.toString()));
    }
    return rows;
  }

  /** The next line, of whatever kind. */
  public String line() {
    try {
      String line = lines.readLine();
      return line == null ? "the end" : line;
    } catch (IOException failure) {
      throw new UncheckedIOException("the stream broke", failure);
    }
  }

  public String lastId() {
    return lastId;
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
