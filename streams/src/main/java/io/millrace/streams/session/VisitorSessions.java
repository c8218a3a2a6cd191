package io.millrace.streams.session;

import io.millrace.model.ClickKey;
import java.util.List;

/**
 * The latest sessions of a visitor: those that an event can still join.
 *
 * @param sessions in the order in which events last joined them
 * @param timer when the visitor is looked at again, by the time of the partition, in milliseconds
 *     since 1970, or {@link #NO_TIMER}
 */
record VisitorSessions(ClickKey visitor, List<KeptSession> sessions, long timer) {
  static final long NO_TIMER = Long.MAX_VALUE;

  VisitorSessions {
    sessions = List.copyOf(sessions);
  }

  static VisitorSessions none(ClickKey visitor) {
    return new VisitorSessions(visitor, List.of(), NO_TIMER);
  }

  /** Whether the topic of sessions has all of them as they are. */
  boolean isPublished() {
    for (KeptSession session : sessions) {
      if (!session.isPublished()) {
        return false;
      }
    }
    return true;
  }

  VisitorSessions withSessions(List<KeptSession> changed) {
    return new VisitorSessions(visitor, changed, timer);
  }

  VisitorSessions withTimer(long changed) {
    return new VisitorSessions(visitor, sessions, changed);
  }
}
