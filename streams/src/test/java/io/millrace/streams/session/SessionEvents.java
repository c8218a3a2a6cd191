package io.millrace.streams.session;

import io.millrace.model.ClickKey;
import io.millrace.model.SessionSource;
import io.millrace.model.SiteId;
import io.millrace.model.VisitorId;

/** Events of one visitor for tests. */
final class SessionEvents {
  static final ClickKey VISITOR = new ClickKey(new SiteId("demo"), new VisitorId("v"));
  static final long MINUTE = 60_000;

  private SessionEvents() {}

  static SessionEvent page(String id, long time, String page) {
    return page(id, time, page, "direct");
  }

  static SessionEvent page(String id, long time, String page, String medium) {
    return new SessionEvent(
        id, time, new Moment(time, SessionEvent.hash(id)), true, page, source(medium));
  }

  static SessionEvent track(String id, long time) {
    return new SessionEvent(
        id, time, new Moment(time, SessionEvent.hash(id)), false, "", source("internal"));
  }

  /** The same event, received at another time than that at which it happened. */
  static SessionEvent receivedAt(long receivedTime, SessionEvent event) {
    return new SessionEvent(
        event.id(), receivedTime, event.at(), event.isPageView(), event.page(), event.source());
  }

  private static SessionSource source(String medium) {
    return new SessionSource(medium, medium + " source", "", "", "");
  }
}
