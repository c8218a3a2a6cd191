package io.millrace.server.sender;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Writes one event field by field, leaving out what is absent, because the collector refuses fields
 * it does not know and an absent field is not an empty one.
 *
 * <p>For one thread and one event. The field names are those of {@code POST /v1/events}.
 */
public final class EventJson {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int USUAL_SIZE = 768;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_SIZE);
  private final JsonGenerator generator;

  private EventJson() throws IOException {
    generator = JSON.createGenerator(bytes);
    generator.writeStartObject();
  }

  /** A function that writes JSON and may fail as any writing may. */
  @FunctionalInterface
  private interface Writing {
    void write() throws IOException;
  }

  /** Begins an event with the fields that all have. */
  public static EventJson event(String id, String type) {
    try {
      return new EventJson().text("id", id).text("type", type);
    } catch (IOException impossible) {
      throw new UncheckedIOException("memory cannot fail to be written", impossible);
    }
  }

  /** Adds a text, unless it is empty. */
  public EventJson text(String field, String value) {
    return value.isEmpty() ? this : written(() -> generator.writeStringField(field, value));
  }

  /** Adds a whole number, such as a time in milliseconds since 1970. */
  public EventJson number(String field, long value) {
    return written(() -> generator.writeNumberField(field, value));
  }

  /** Begins the object {@code properties}; what follows goes into it. */
  public EventJson properties() {
    return written(() -> generator.writeObjectFieldStart("properties"));
  }

  /** Ends the object {@code properties}. */
  public EventJson endProperties() {
    return written(generator::writeEndObject);
  }

  /** Ends the event. */
  public OutgoingEvent end() {
    written(generator::close);
    return new OutgoingEvent(bytes.toByteArray());
  }

  private EventJson written(Writing writing) {
    try {
      writing.write();
      return this;
    } catch (IOException impossible) {
      throw new UncheckedIOException("memory cannot fail to be written", impossible);
    }
  }
}
