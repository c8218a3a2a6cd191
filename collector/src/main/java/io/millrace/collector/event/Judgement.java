package io.millrace.collector.event;

import io.millrace.model.ClickEvent;

/** What was decided about one event. */
public sealed interface Judgement {
  /** The client's id of the event, or that it was given, or empty where it could not be read. */
  String id();

  /** To be written to the log. */
  record Accepted(ClickEvent event) implements Judgement {
    @Override
    public String id() {
      return event.id();
    }
  }

  /** Not to be written. */
  record Refused(String id, Refusal refusal) implements Judgement {}
}
