package io.millrace.server.drill.load;

import io.millrace.model.EventType;
import io.millrace.server.drill.proof.EventContents;
import io.millrace.server.sender.EventJson;
import io.millrace.server.sender.OutgoingEvent;

/**
 * An event that is about to be sent.
 *
 * @param visitor the client's own id of the visitor; empty where it gives none
 * @param isPage whether a page was seen; otherwise something was clicked
 * @param time when it happened, in milliseconds since 1970
 */
record PlannedEvent(
    String id,
    String site,
    String visitor,
    String url,
    boolean isPage,
    long time,
    Agent agent,
    Origin origin,
    Place place) {

  /** The same event so much earlier. */
  PlannedEvent earlier(long millis) {
    return at(time - millis);
  }

  /** The same event of another visitor. */
  PlannedEvent of(String other) {
    return new PlannedEvent(id, site, other, url, isPage, time, agent, origin, place);
  }

  /** What must be in the log of it. */
  EventContents contents() {
    return new EventContents(
        site, visitor, url, type().label(), time, agent.text(), origin.referrer());
  }

  EventType type() {
    return isPage ? EventType.PAGE : EventType.TRACK;
  }

  /**
   * By what its visitor can be told from others of the site: the client's own id, or the network
   * and agent, of which a collector makes one for a day.
   */
  String visitorOrSender() {
    return visitor.isEmpty() ? place + "-" + agent : visitor;
  }

  /** The same event at another time. */
  PlannedEvent at(long other) {
    return new PlannedEvent(id, site, visitor, url, isPage, other, agent, origin, place);
  }

  /**
   * As JSON, of which the key is a part since a request may hold events of several sites.
   *
   * @param sentAt as every client tells that can, so that a clock that is wrong, its own or a
   *     collector's, makes no event one of the future
   */
  OutgoingEvent json(String key, long sentAt) {
    return EventJson.event(id, type().label())
        .text("write_key", key)
        .text("name", isPage ? "" : "click")
        .text("url", url)
        .text("referrer", origin.referrer())
        .text("anonymous_id", visitor)
        .number("timestamp", time)
        .number("sent_at", sentAt)
        .text("ip", place.address())
        .text("user_agent", agent.text())
        .end();
  }
}
