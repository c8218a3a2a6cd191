package io.millrace.collector.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the body of {@code POST /v1/events}: one event, an array of events, or one event a line.
 *
 * <p>How much of a request one fault spoils follows from its framing. A well-formed element that is
 * no event spoils itself. Broken JSON on a line spoils that line. Broken JSON elsewhere leaves no
 * way to tell where the next event begins, so nothing of that request is taken: neither are the
 * events before the fault, or the client would have to guess how many there were. Duplicate keys,
 * more than 16 levels and numbers of more than 100 digits count as broken JSON.
 *
 * <p>Safe for any number of threads.
 */
public final class EventParser {
  private static final int MAX_MESSAGE_LENGTH = 200;

  private final EventLimits limits;
  private final JsonFactory json;
  private final PropertiesReader properties;

  public EventParser(EventLimits limits) {
    this.limits = limits;
    this.json = StrictJson.factory(limits.maxRequestBytes());
    this.properties = new PropertiesReader(json);
  }

  /**
   * Reads a whole body, already inflated.
   *
   * @param declaredLines whether the client said that each line is an event; otherwise that is
   *     found out
   */
  public ParsedBody parse(byte[] body, boolean declaredLines) {
    return declaredLines || Lines.holdEvents(body) ? parseLines(body) : parseDocument(body);
  }

  private ParsedBody parseDocument(byte[] body) {
    try (JsonParser parser = json.createParser(body)) {
      var drafts = new ArrayList<EventDraft>();
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_ARRAY) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          if (drafts.size() == limits.maxEvents()) {
            return tooManyEvents();
          }
          drafts.add(readElement(parser));
        }
      } else if (first != null) {
        drafts.add(readElement(parser));
      }
      if (parser.nextToken() != null) {
        return new ParsedBody.Unusable(Refusal.malformed("something follows the end of the JSON"));
      }
      return complete(drafts);
    } catch (JsonProcessingException broken) {
      return new ParsedBody.Unusable(Refusal.malformed(describe(broken)));
    } catch (IOException impossible) {
      throw new UncheckedIOException("reading from memory failed", impossible);
    }
  }

  private ParsedBody parseLines(byte[] body) {
    var drafts = new ArrayList<EventDraft>();
    var lines = new Lines(body);
    while (lines.next()) {
      if (drafts.size() == limits.maxEvents()) {
        return tooManyEvents();
      }
      drafts.add(parseLine(body, lines.start(), lines.length()));
    }
    return complete(drafts);
  }

  private EventDraft parseLine(byte[] body, int start, int length) {
    var draft = new EventDraft();
    if (length > limits.maxEventBytes()) {
      draft.refuse(tooLong());
      return draft;
    }
    try (JsonParser parser = json.createParser(body, start, length)) {
      parser.nextToken();
      readEvent(parser, draft);
      if (parser.nextToken() != null) {
        draft.refuse(Refusal.malformed("something follows the event on its line"));
      }
    } catch (JsonProcessingException broken) {
      draft.refuseAbove(Refusal.malformed(describe(broken)));
    } catch (IOException impossible) {
      throw new UncheckedIOException("reading from memory failed", impossible);
    }
    return draft;
  }

  private EventDraft readElement(JsonParser parser) throws IOException {
    var draft = new EventDraft();
    long start = parser.currentTokenLocation().getByteOffset();
    readEvent(parser, draft);
    if (parser.currentLocation().getByteOffset() - start > limits.maxEventBytes()) {
      draft.refuseAbove(tooLong());
    }
    return draft;
  }

  private void readEvent(JsonParser parser, EventDraft draft) throws IOException {
    if (!parser.isExpectedStartObjectToken()) {
      parser.skipChildren();
      draft.refuse(Refusal.malformed("an event is a JSON object"));
      return;
    }
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      Optional<EventField> field = EventField.labelled(name);
      if (field.isPresent()) {
        readField(parser, draft, field.get());
      } else {
        draft.refuse(new Refusal(RefusalKind.INVALID, shown(name), "no event has this field"));
        parser.skipChildren();
      }
    }
  }

  private void readField(JsonParser parser, EventDraft draft, EventField field) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return;
    }
    if (field == EventField.PROPERTIES) {
      properties.read(parser, draft);
    } else if (token == JsonToken.VALUE_STRING) {
      draft.put(field, parser.getText());
    } else if (field.isTime() && token.isNumeric()) {
      draft.putMillis(field, parser.getDoubleValue());
    } else {
      draft.refuse(
          Refusal.invalid(field, field.isTime() ? "is neither text nor a number" : "is not text"));
      parser.skipChildren();
    }
  }

  private ParsedBody complete(List<EventDraft> drafts) {
    return drafts.isEmpty()
        ? new ParsedBody.Unusable(Refusal.malformed("the request holds no event"))
        : new ParsedBody.Drafts(drafts);
  }

  private ParsedBody tooManyEvents() {
    return new ParsedBody.Unusable(
        Refusal.tooLarge("a request holds at most " + limits.maxEvents() + " events"));
  }

  private Refusal tooLong() {
    return Refusal.tooLarge("an event has at most " + limits.maxEventBytes() + " bytes");
  }

  private static String describe(JsonProcessingException broken) {
    String message = "broken JSON: " + broken.getOriginalMessage();
    return shown(message);
  }

  private static String shown(String text) {
    return text.length() <= MAX_MESSAGE_LENGTH ? text : text.substring(0, MAX_MESSAGE_LENGTH) + "…";
  }
}
