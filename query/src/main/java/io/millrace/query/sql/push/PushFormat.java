package io.millrace.query.sql.push;

import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.query.json.JsonDocument;
import io.millrace.query.sql.SqlAnswerWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** How the events of a push query are written. */
public enum PushFormat {
  /** Server-sent events (WHATWG HTML, section 9.2). */
  EVENTS("text/event-stream"),
  /** A JSON object a line. */
  LINES("application/x-ndjson");

  private static final int RETRY_MILLIS = 2_000;

  private final String mediaType;

  PushFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  public String mediaType() {
    return mediaType;
  }

  /** The first event. */
  byte[] columns(PushStream stream) {
    byte[] event =
        event(
            "columns",
            stream.id(),
            json -> {
              writeColumns(stream.columns(), json);
              json.writeBooleanField("keyed", stream.isKeyed());
            });
    return this == EVENTS ? joined("retry: " + RETRY_MILLIS + "\n\n", event) : event;
  }

  private static void writeColumns(List<PushColumn> columns, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart("columns");
    for (PushColumn column : columns) {
      json.writeStartObject();
      json.writeStringField("name", column.name());
      json.writeStringField("type", column.type());
      if (column.isKey()) {
        json.writeBooleanField("key", true);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /**
   * An event.
   *
   * @param id of all up to it; empty where there is none
   */
  byte[] event(PushEvent event, String id) {
    return switch (event) {
      case PushEvent.Rows(List<List<Object>> rows, List<List<Object>> gone) ->
          event(
              "rows",
              id,
              json -> {
                writeRows("rows", rows, json);
                if (!gone.isEmpty()) {
                  writeRows("gone", gone, json);
                }
              });
      case PushEvent.Snapshot(List<List<Object>> rows) ->
          event("snapshot", id, json -> writeRows("rows", rows, json));
      case PushEvent.Dropped() ->
          event("dropped", id, json -> writeReason("too_slow", PushEvent.Dropped.REASON, json));
      case PushEvent.End(PushEvent.Reason reason, String message) ->
          event(
              "end",
              id,
              json -> writeReason(reason.name().toLowerCase(Locale.ROOT), message, json));
      case PushEvent.Nothing() -> heartbeat(id);
    };
  }

  private static void writeRows(String name, List<List<Object>> rows, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (List<Object> row : rows) {
      SqlAnswerWriter.writeRow(row, json);
    }
    json.writeEndArray();
  }

  private static void writeReason(String reason, String message, JsonGenerator json)
      throws IOException {
    json.writeStringField("reason", reason);
    json.writeStringField("message", message);
  }

  /** As a comment it is nothing to whoever reads events, but its id is remembered. */
  private byte[] heartbeat(String id) {
    return this == EVENTS
        ? (idLine(id) + ": waiting\n\n").getBytes(StandardCharsets.US_ASCII)
        : event("waiting", id, json -> {});
  }

  private byte[] event(String name, String id, JsonDocument.Content content) {
    if (this == LINES) {
      return joined(
          "",
          JsonDocument.write(
              json -> {
                json.writeStartObject();
                json.writeStringField("event", name);
                if (!id.isEmpty()) {
                  json.writeStringField("id", id);
                }
                content.writeTo(json);
                json.writeEndObject();
              }),
          "\n");
    }
    byte[] data =
        JsonDocument.write(
            json -> {
              json.writeStartObject();
              content.writeTo(json);
              json.writeEndObject();
            });
    return joined("event: " + name + "\n" + idLine(id) + "data: ", data, "\n\n");
  }

  private static String idLine(String id) {
    return id.isEmpty() ? "" : "id: " + id + "\n";
  }

  private static byte[] joined(String start, byte[] middle) {
    return joined(start, middle, "");
  }

  private static byte[] joined(String start, byte[] middle, String end) {
    byte[] first = start.getBytes(StandardCharsets.US_ASCII);
    byte[] last = end.getBytes(StandardCharsets.US_ASCII);
    var message = new byte[first.length + middle.length + last.length];
    System.arraycopy(first, 0, message, 0, first.length);
    System.arraycopy(middle, 0, message, first.length, middle.length);
    System.arraycopy(last, 0, message, first.length + middle.length, last.length);
    return message;
  }
}
