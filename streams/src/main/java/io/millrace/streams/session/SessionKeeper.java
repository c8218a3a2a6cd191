package io.millrace.streams.session;

import io.millrace.model.Session;
import io.millrace.model.SessionId;
import io.millrace.views.SessionChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides which session an event is of, and when a session is closed. Pure; safe for any number of
 * threads.
 *
 * <pre>
 *   events    ●  ●    ●         inactivity          ●   ●
 *   sessions  └──┘────┘ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ └───┘
 *                          ▲ late: joins one, or both, or opens one between them
 * </pre>
 *
 * Two sessions of a visitor are always further apart than the inactivity, so an event is within
 * reach of at most two, and merges these.
 *
 * <p>All times of the partition are milliseconds since 1970, as {@link PartitionClock} tells them.
 */
final class SessionKeeper {
  private final long inactivity;
  private final long closesAfter;
  private final long forgottenAfter;
  private final int mostPerVisitor;

  /**
   * A keeper of sessions.
   *
   * @param allowedLateness for how long a closed session is kept, so that late events join it
   */
  SessionKeeper(SessionConfig config, Duration allowedLateness) {
    inactivity = config.inactivity().toMillis();
    closesAfter = inactivity + config.closingDelay().toMillis();
    forgottenAfter = closesAfter + allowedLateness.toMillis();
    mostPerVisitor = config.mostPerVisitor();
  }

  /** Takes one counted event. */
  SessionUpdate count(VisitorSessions visitor, SessionEvent event, long now) {
    var kept = new ArrayList<KeptSession>(visitor.sessions().size() + 1);
    var reached = new ArrayList<KeptSession>(2);
    for (KeptSession session : visitor.sessions()) {
      (session.reaches(event.at().time(), inactivity) ? reached : kept).add(session);
    }
    var changes = new ArrayList<SessionChange>(2);
    var published = new ArrayList<Session>();
    KeptSession after = join(visitor, reached, event, now);
    if (reached.isEmpty()) {
      changes.add(SessionChange.opened(after.session()));
    }
    for (KeptSession before : reached) {
      if (before.session().id().equals(after.session().id())) {
        changes.add(SessionChange.grown(before.session(), after.session()));
      } else {
        changes.add(SessionChange.gone(before.session()));
        if (before.session().revision() > 0) {
          published.add(before.session().mergedInto(after.session().id()));
        }
      }
    }
    kept.add(after);
    if (kept.size() > mostPerVisitor) {
      KeptSession oldest = kept.removeFirst();
      if (!oldest.isPublished()) {
        published.add(oldest.published().session());
      }
    }
    return new SessionUpdate(visitor.withSessions(kept), changes, published);
  }

  private static KeptSession join(
      VisitorSessions visitor, List<KeptSession> reached, SessionEvent event, long now) {
    if (reached.isEmpty()) {
      SessionId id = SessionId.openedBy(visitor.visitor(), event.id(), event.at().time());
      return KeptSession.of(id, visitor.visitor(), event, now);
    }
    KeptSession joined = reached.getFirst();
    for (KeptSession other : reached.subList(1, reached.size())) {
      joined = joined.mergedWith(other);
    }
    return joined.joinedBy(visitor.visitor(), event, now);
  }

  /** Closes the sessions whose time has come, and forgets those that no event can join any more. */
  SessionUpdate close(VisitorSessions visitor, long now) {
    var kept = new ArrayList<KeptSession>(visitor.sessions().size());
    var published = new ArrayList<Session>();
    for (KeptSession session : visitor.sessions()) {
      KeptSession current = session;
      if (!current.isPublished() && dueOf(current) <= now) {
        current = current.published();
        published.add(current.session());
      }
      if (!current.isPublished() || dueOf(current) > now) {
        kept.add(current);
      }
    }
    return new SessionUpdate(visitor.withSessions(kept), List.of(), published);
  }

  /** When {@link #close} has something to do next; {@link VisitorSessions#NO_TIMER} for never. */
  long due(VisitorSessions visitor) {
    long due = VisitorSessions.NO_TIMER;
    for (KeptSession session : visitor.sessions()) {
      due = Math.min(due, dueOf(session));
    }
    return due;
  }

  private long dueOf(KeptSession session) {
    return session.quietSince() + (session.isPublished() ? forgottenAfter : closesAfter);
  }
}
