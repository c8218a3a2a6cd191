package io.millrace.server.drill.proof;

import io.millrace.model.Outcome;
import io.millrace.model.SourceOffset;

/**
 * A record of enriched-clicks or rejected-clicks: what became of a record of click-events.
 *
 * @param source where that one stands
 * @param id empty where that one is no event
 */
public record LaneEntry(SourceOffset source, Outcome outcome, String id, EventContents contents) {

  EventName name() {
    return new EventName(contents.site(), contents.visitor(), id);
  }
}
