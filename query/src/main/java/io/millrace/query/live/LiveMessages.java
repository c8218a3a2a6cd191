package io.millrace.query.live;

import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.model.Enrichment;
import io.millrace.model.Outcome;
import io.millrace.query.json.CompletenessJson;
import io.millrace.query.json.JsonDocument;
import io.millrace.views.FeedClick;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The messages of a stream as server-sent events (WHATWG HTML, section 9.2).
 *
 * <p>Of a click only what tells nobody who the visitor is: no address, no ids of users or visitors,
 * and of its URL neither query nor fragment, where sites put e-mail addresses and tokens.
 */
final class LiveMessages {
  private static final int RETRY_MILLIS = 2_000;

  private LiveMessages() {}

  /** Tells the reader how long to wait before it comes back. */
  static byte[] greeting() {
    return ("retry: " + RETRY_MILLIS + "\n\n").getBytes(StandardCharsets.US_ASCII);
  }

  /** Says nothing, so that a connection that is gone is noticed. */
  static byte[] heartbeat() {
    return ": waiting\n\n".getBytes(StandardCharsets.US_ASCII);
  }

  static byte[] snapshot(Snapshot snapshot) {
    return event("snapshot", json -> writeSnapshot(snapshot, json));
  }

  static byte[] clicks(List<FeedClick> clicks) {
    return event(
        "clicks",
        json -> {
          json.writeStartArray();
          for (FeedClick click : clicks) {
            writeClick(click, json);
          }
          json.writeEndArray();
        });
  }

  private static byte[] event(String name, JsonDocument.Content content) {
    byte[] data = JsonDocument.write(content);
    byte[] start = ("event: " + name + "\ndata: ").getBytes(StandardCharsets.US_ASCII);
    byte[] message = new byte[start.length + data.length + 2];
    System.arraycopy(start, 0, message, 0, start.length);
    System.arraycopy(data, 0, message, start.length, data.length);
    message[message.length - 2] = '\n';
    message[message.length - 1] = '\n';
    return message;
  }

  private static void writeSnapshot(Snapshot snapshot, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("time", snapshot.time().toString());
    json.writeStringField("site", snapshot.site().value());
    json.writeNumberField("visitors_now", snapshot.visitorsNow());
    json.writeStringField("watermark", snapshot.watermark().toString());
    // Of the numbers up to now, which the next event changes; each minute has a flag of its own.
    json.writeBooleanField("final", false);
    CompletenessJson.write(snapshot.completeness(), json);
    json.writeArrayFieldStart("minutes");
    for (Snapshot.Minute minute : snapshot.minutes()) {
      json.writeStartObject();
      json.writeStringField("time", minute.time().toString());
      json.writeNumberField("page_views", minute.pageViews());
      json.writeNumberField("events", minute.events());
      json.writeNumberField("visitors", minute.visitors());
      json.writeBooleanField("final", minute.isFinal());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeObjectFieldStart("outcomes_last_30_minutes");
    for (Map.Entry<Outcome, Long> outcome : snapshot.outcomes().entrySet()) {
      json.writeNumberField(outcome.getKey().label(), outcome.getValue());
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void writeClick(FeedClick click, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", click.event().id());
    json.writeStringField("time", Instant.ofEpochMilli(click.event().time()).toString());
    json.writeStringField("type", click.event().type().label());
    json.writeStringField("name", click.event().name());
    json.writeStringField("url", withoutQuery(click.event().url()));
    json.writeStringField("path", enriched(click, Enrichment::path));
    json.writeStringField("title", click.event().title());
    json.writeStringField("country", enriched(click, Enrichment::country));
    json.writeStringField("device", enriched(click, Enrichment::device));
    json.writeStringField("browser", enriched(click, Enrichment::browser));
    json.writeStringField("referrer_source", enriched(click, Enrichment::referrerSource));
    json.writeStringField("outcome", click.outcome().label());
    json.writeStringField("reason", click.reason());
    json.writeEndObject();
  }

  private static String enriched(FeedClick click, Function<Enrichment, String> part) {
    return click.enrichment().map(part).orElse("");
  }

  private static String withoutQuery(String url) {
    for (int i = 0; i < url.length(); i++) {
      if (url.charAt(i) == '?' || url.charAt(i) == '#') {
        return url.substring(0, i);
      }
    }
    return url;
  }
}
