package io.millrace.server.drill.proof;

import io.millrace.model.ClickEvent;

/**
 * What a client says in an event and nothing on the way may change.
 *
 * @param visitor the client's own id of the visitor; empty where it gives none
 * @param type its label
 * @param time when it happened by the client's clock, in milliseconds since 1970
 */
public record EventContents(
    String site,
    String visitor,
    String url,
    String type,
    long time,
    String agent,
    String referrer) {

  /** Of what is no event. */
  public static final EventContents NONE = new EventContents("", "", "", "", 0, "", "");

  public static EventContents of(ClickEvent event) {
    return new EventContents(
        event.site().value(),
        event.anonymousId(),
        event.url(),
        event.type().label(),
        timeByTheClient(event),
        event.agent(),
        event.referrer());
  }

  /** The collector's correction taken back: so it is proven too. */
  private static long timeByTheClient(ClickEvent event) {
    return event.sentTime() == 0
        ? event.time()
        : event.time() - event.receivedTime() + event.sentTime();
  }

  /** The same, a millisecond later. */
  EventContents later() {
    return new EventContents(site, visitor, url, type, time + 1, agent, referrer);
  }

  /** The same of another visitor. */
  EventContents of(String other) {
    return new EventContents(site, other, url, type, time, agent, referrer);
  }
}
