package io.millrace.views.sql.language;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/**
 * Reads one value of a JSON text by its path, without making objects of the rest: one pass over the
 * text, which may be a thousand brackets deep. What is no JSON has no values. Public for the code
 * that Calcite generates.
 */
public final class JsonValues {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonValues() {}

  /** A text, a number or a truth value as a text; NULL where there is none of them. */
  public static @Nullable String value(@Nullable String json, @Nullable String path) {
    return read(json, path, JsonValues::scalar);
  }

  /** An object or an array as JSON; NULL where there is none of them. */
  public static @Nullable String query(@Nullable String json, @Nullable String path) {
    return read(json, path, JsonValues::structure);
  }

  /** Whether there is a value, be it null. */
  public static @Nullable Boolean exists(@Nullable String json, @Nullable String path) {
    if (json == null || path == null) {
      return null;
    }
    return read(json, path, parser -> "") != null;
  }

  /** What is made of the value that a parser stands at. */
  private interface Reading {
    @Nullable String of(JsonParser parser) throws IOException;
  }

  private static @Nullable String read(
      @Nullable String json, @Nullable String path, Reading reading) {
    if (json == null || path == null) {
      return null;
    }
    JsonPath steps = JsonPath.of(path);
    try (JsonParser parser = JSON.createParser(json)) {
      return parser.nextToken() != null && isFound(parser, steps) ? reading.of(parser) : null;
    } catch (IOException notJson) {
      return null;
    }
  }

  private static @Nullable String scalar(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    return token.isScalarValue() && token != JsonToken.VALUE_NULL ? parser.getText() : null;
  }

  private static @Nullable String structure(JsonParser parser) throws IOException {
    if (!parser.currentToken().isStructStart()) {
      return null;
    }
    var text = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(text)) {
      generator.copyCurrentStructure(parser);
    }
    return text.toString();
  }

  private static boolean isFound(JsonParser parser, JsonPath path) throws IOException {
    for (JsonPath.Step step : path.steps()) {
      boolean isThere =
          switch (step) {
            case JsonPath.Step.Member(String name) -> isMemberFound(parser, name);
            case JsonPath.Step.Element(int index) -> isElementFound(parser, index);
          };
      if (!isThere) {
        return false;
      }
    }
    return true;
  }

  private static boolean isMemberFound(JsonParser parser, String name) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      return false;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean isIt = parser.currentName().equals(name);
      parser.nextToken();
      if (isIt) {
        return true;
      }
      parser.skipChildren();
    }
    return false;
  }

  private static boolean isElementFound(JsonParser parser, int index) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      return false;
    }
    for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
      if (i == index) {
        return true;
      }
      parser.skipChildren();
    }
    return false;
  }
}
