package io.millrace.streams.session;

import io.millrace.views.SessionChange;
import java.util.List;

/**
 * What follows from an event, or from time that has passed.
 *
 * @param visitor the visitor's sessions from now on
 * @param changes for the views
 * @param published records for the topic of sessions
 */
record SessionUpdate(
    VisitorSessions visitor, List<SessionChange> changes, List<SessionRecord> published) {

  SessionUpdate {
    changes = List.copyOf(changes);
    published = List.copyOf(published);
  }
}
