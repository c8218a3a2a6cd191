package io.millrace.server.drill.proof;

import io.millrace.model.SourceOffset;

/**
 * A record of click-events.
 *
 * @param place where it stands
 * @param id empty for a record that is no event
 */
public record LoggedEvent(SourceOffset place, String id, EventContents contents) {

  /** A record that nobody can read. */
  public static LoggedEvent unreadable(SourceOffset place) {
    return new LoggedEvent(place, "", EventContents.NONE);
  }

  /** What makes two records the same event. */
  EventName name() {
    return new EventName(contents.site(), contents.visitor(), id);
  }
}
