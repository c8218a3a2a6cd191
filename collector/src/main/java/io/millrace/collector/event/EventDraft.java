package io.millrace.collector.event;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * One event as a client wrote it, being filled field by field, whatever the protocol.
 *
 * <p>The first thing found wrong stays with the draft while the rest is still read, so that the
 * answer can name the event by its id and its key. An empty text and a missing one are the same.
 * Not for use by two threads.
 */
public final class EventDraft {
  private final Map<EventField, String> texts = new EnumMap<>(EventField.class);
  private long timestamp;
  private long sentAt;
  private Optional<Refusal> problem = Optional.empty();

  /** Takes a text, or the reason why it cannot be. */
  public void put(EventField field, String text) {
    if (text.isEmpty()) {
      return;
    }
    if (text.length() > field.maxLength()) {
      refuse(Refusal.invalid(field, "is longer than " + field.maxLength() + " characters"));
      return;
    }
    String fault = TextRule.problemOf(text);
    if (!fault.isEmpty()) {
      refuse(Refusal.invalid(field, fault));
    } else if (field.isTime()) {
      putTime(field, ClientTime.ofText(text));
    } else {
      texts.put(field, text);
    }
  }

  /** Takes a time in milliseconds since 1970, or the reason why it cannot be. */
  void putMillis(EventField field, double millis) {
    putTime(field, ClientTime.ofMillis(millis));
  }

  private void putTime(EventField field, ClientTime time) {
    switch (time) {
      case ClientTime.Known(long millis) when field == EventField.TIMESTAMP -> timestamp = millis;
      case ClientTime.Known(long millis) -> sentAt = millis;
      case ClientTime.Unusable(String reason) ->
          refuse(new Refusal(RefusalKind.TIME, field.label(), reason));
    }
  }

  /** Keeps the reason, unless there is one already. */
  void refuse(Refusal refusal) {
    if (problem.isEmpty()) {
      problem = Optional.of(refusal);
    }
  }

  /** Keeps this reason in place of any other. */
  void refuseAbove(Refusal refusal) {
    problem = Optional.of(refusal);
  }

  public String text(EventField field) {
    return texts.getOrDefault(field, "");
  }

  boolean has(EventField field) {
    return texts.containsKey(field);
  }

  /** By the client's clock in milliseconds since 1970, or 0. */
  long timestamp() {
    return timestamp;
  }

  /** By the client's clock in milliseconds since 1970, or 0. */
  long sentAt() {
    return sentAt;
  }

  public Optional<Refusal> problem() {
    return problem;
  }
}
