package io.millrace.streams.session;

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
 * reach of at most two, and merges these. Once a site has changed its inactivity they may be closer
 * to each other: what an event reaches depends on the inactivity when it was received, and it
 * merges all of that. A session that nothing joins is closed as it would have been before the
 * change.
 *
 * <p>All times of the partition are milliseconds since 1970, as {@link PartitionClock} tells them.
 */
final class SessionKeeper {
  private final long usualInactivity;
  private final SiteInactivity inactivity;
  private final long closingDelay;
  private final long allowedLateness;
  private final int mostPerVisitor;

  /**
   * A keeper of sessions.
   *
   * @param allowedLateness for how long a closed session is kept, so that late events join it
   * @param inactivity of sites that differ from the usual
   */
  SessionKeeper(SessionConfig config, Duration allowedLateness, SiteInactivity inactivity) {
    usualInactivity = config.inactivity().toMillis();
    this.inactivity = inactivity;
    closingDelay = config.closingDelay().toMillis();
    this.allowedLateness = allowedLateness.toMillis();
    mostPerVisitor = config.mostPerVisitor();
  }

  /**
   * Takes one counted event.
   *
   * @param number of the next record for the topic of sessions
   */
  SessionUpdate count(VisitorSessions visitor, SessionEvent event, long now, long number) {
    var kept = new ArrayList<KeptSession>(visitor.sessions().size() + 1);
    var reached = new ArrayList<KeptSession>(2);
    long reach = inactivity.millis(visitor.visitor().site(), event.receivedTime(), usualInactivity);
    for (KeptSession session : visitor.sessions()) {
      (session.reaches(event.at().time(), reach) ? reached : kept).add(session);
    }
    var changes = new ArrayList<SessionChange>(2);
    var published = new ArrayList<SessionRecord>(1);
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
          published.add(
              new SessionRecord(
                  number + published.size(),
                  before.session().mergedInto(after.session().id()),
                  before.published()));
        }
      }
    }
    kept.add(after);
    if (kept.size() > mostPerVisitor) {
      KeptSession oldest = kept.removeFirst();
      if (!oldest.isPublished()) {
        publish(oldest, number, published);
      }
    }
    return new SessionUpdate(visitor.withSessions(kept), changes, published);
  }

  private static KeptSession publish(
      KeptSession session, long number, List<SessionRecord> published) {
    long next = number + published.size();
    KeptSession current = session.published(next);
    published.add(new SessionRecord(next, current.session(), session.published()));
    return current;
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

  /**
   * Closes the sessions whose time has come, and forgets those that no event can join any more.
   *
   * @param number of the next record for the topic of sessions
   */
  SessionUpdate close(VisitorSessions visitor, long now, long number) {
    var kept = new ArrayList<KeptSession>(visitor.sessions().size());
    var published = new ArrayList<SessionRecord>();
    for (KeptSession session : visitor.sessions()) {
      KeptSession current = session;
      if (!current.isPublished() && dueOf(current) <= now) {
        current = publish(current, number, published);
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
    long quietSince = session.quietSince();
    long closed =
        quietSince
            + inactivity.millis(session.session().site(), quietSince, usualInactivity)
            + closingDelay;
    return session.isPublished() ? closed + allowedLateness : closed;
  }
}
