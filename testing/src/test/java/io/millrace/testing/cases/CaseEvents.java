package io.millrace.testing.cases;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.model.ClickEvent;
import io.millrace.model.EventType;
import io.millrace.model.SiteId;
import io.millrace.model.VisitorId;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads the events of a case, one after the other. What an event does not say is the same for all,
 * and times are those of the event before it. Not for several threads.
 */
final class CaseEvents {
  static final Instant BEGIN = Instant.parse("2026-03-02T12:00:00Z");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> FIELDS =
      Set.of(
          "id",
          "site",
          "visitor",
          "type",
          "name",
          "url",
          "referrer",
          "title",
          "user_id",
          "received",
          "timestamp",
          "address",
          "user_agent",
          "language",
          "screen",
          "properties",
          "backfill");
  private static final String FIREFOX =
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";

  private Instant received = BEGIN;
  private int number;

  /** The event of a line. */
  ClickEvent next(String line) {
    JsonNode event = parsed(line);
    requireKnown(event, line);
    number++;
    received = Instant.parse(text(event, "received", received.toString()));
    // Without one it happened when it was received.
    Instant time = Instant.parse(text(event, "timestamp", received.toString()));
    return new ClickEvent(
        text(event, "id", "event-" + number),
        new SiteId(text(event, "site", "demo")),
        new VisitorId(text(event, "visitor", "ada")),
        EventType.labelled(text(event, "type", "page")).orElseThrow(),
        text(event, "name", ""),
        text(event, "url", "https://shop.example/"),
        text(event, "referrer", ""),
        text(event, "title", ""),
        text(event, "user_id", ""),
        "",
        time.toEpochMilli(),
        0,
        0,
        received.toEpochMilli(),
        text(event, "address", ""),
        text(event, "user_agent", FIREFOX),
        text(event, "language", ""),
        text(event, "screen", ""),
        event.path("properties").isObject() ? event.get("properties").toString() : "",
        event.path("backfill").asBoolean());
  }

  /** When the last event was received. */
  Instant received() {
    return received;
  }

  private static JsonNode parsed(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException malformed) {
      throw new IllegalArgumentException("not an event: " + line, malformed);
    }
  }

  /** A field that is misspelt would make a test of nothing. */
  private static void requireKnown(JsonNode event, String line) {
    var unknown = new TreeSet<String>();
    event.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(FIELDS);
    if (!event.isObject() || !unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "an event has the fields " + new TreeSet<>(FIELDS) + ", not " + unknown + ": " + line);
    }
  }

  private static String text(JsonNode event, String field, String usual) {
    JsonNode value = event.path(field);
    return value.isMissingNode() || value.isNull() ? usual : value.asText();
  }
}
