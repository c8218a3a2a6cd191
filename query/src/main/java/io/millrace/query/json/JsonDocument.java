package io.millrace.query.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Writes JSON into memory, where writing cannot fail. Safe for any number of threads. */
public final class JsonDocument {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonDocument() {}

  public static byte[] write(Content content) {
    var out = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      content.writeTo(json);
    } catch (IOException impossible) {
      throw new UncheckedIOException("cannot write to memory", impossible);
    }
    return out.toByteArray();
  }

  /** Writes a text, or null where there is none. */
  public static void writeText(String name, Optional<String> text, JsonGenerator json)
      throws IOException {
    if (text.isPresent()) {
      json.writeStringField(name, text.get());
    } else {
      json.writeNullField(name);
    }
  }

  /** Writes one value. */
  @FunctionalInterface
  public interface Content {
    void writeTo(JsonGenerator json) throws IOException;
  }
}
