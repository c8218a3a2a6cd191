package io.millrace.collector.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;

/**
 * Copies an object of any shape as compact JSON text, checking every text and number on the way.
 * Safe for any number of threads.
 */
final class PropertiesReader {
  private final JsonFactory json;

  PropertiesReader(JsonFactory json) {
    this.json = json;
  }

  /** Reads the object that the parser stands on, to its end. */
  void read(JsonParser parser, EventDraft draft) throws IOException {
    if (!parser.isExpectedStartObjectToken()) {
      draft.refuse(Refusal.invalid(EventField.PROPERTIES, "is not a JSON object"));
      parser.skipChildren();
      return;
    }
    var text = new StringWriter();
    try (JsonGenerator out = json.createGenerator(text)) {
      copy(parser, out, draft);
    }
    draft.put(EventField.PROPERTIES, text.toString());
  }

  private void copy(JsonParser parser, JsonGenerator out, EventDraft draft) throws IOException {
    int depth = 0;
    do {
      JsonToken token = parser.currentToken();
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      copyToken(parser, token, out, draft);
    } while (depth > 0 && parser.nextToken() != null);
  }

  private void copyToken(JsonParser parser, JsonToken token, JsonGenerator out, EventDraft draft)
      throws IOException {
    switch (token) {
      case FIELD_NAME -> out.writeFieldName(sound(parser.currentName(), draft));
      case VALUE_STRING -> out.writeString(sound(parser.getText(), draft));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> copyNumber(parser, out, draft);
      default -> out.copyCurrentEvent(parser);
    }
  }

  /** Digit for digit; only what no program could hold as a 64-bit float is refused. */
  private void copyNumber(JsonParser parser, JsonGenerator out, EventDraft draft)
      throws IOException {
    String digits = parser.getText();
    if (Double.isInfinite(Double.parseDouble(digits))) {
      draft.refuse(Refusal.invalid(EventField.PROPERTIES, "holds a number that is too large"));
    }
    out.writeNumber(digits);
  }

  /** A text that can be written; an empty one in place of one that spoils the event anyway. */
  private static String sound(String text, EventDraft draft) {
    String fault = TextRule.problemOf(text);
    if (fault.isEmpty()) {
      return text;
    }
    draft.refuse(Refusal.invalid(EventField.PROPERTIES, fault));
    return "";
  }
}
