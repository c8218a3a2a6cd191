package io.millrace.streams.session;

import io.millrace.model.ClickKey;
import io.millrace.model.PublishedSession;
import io.millrace.model.Session;
import io.millrace.model.SessionId;
import java.util.Optional;

/**
 * A session with what is needed to let further events join it in any order.
 *
 * <p>Two sessions that touch are merged by sums, the earliest and the latest; an event joins as the
 * session that it would be alone. So what comes out does not depend on the order in which events
 * come, but for the id.
 *
 * @param session as views count it
 * @param first its first event
 * @param entry its first page view, or {@link Moment#NOT_YET}
 * @param exit its last page view, or {@link Moment#NEVER}
 * @param quietSince when the last of its events was counted, by the time of the partition, or
 *     happened, if that is later; in milliseconds since 1970
 * @param published what the topic of sessions has of it, which may be less than there is now
 */
record KeptSession(
    Session session,
    Moment first,
    Moment entry,
    Moment exit,
    long quietSince,
    Optional<PublishedSession> published) {

  /** The session of one event. */
  static KeptSession of(SessionId id, ClickKey visitor, SessionEvent event, long now) {
    long time = event.at().time();
    return new KeptSession(
        new Session(
            id,
            visitor.site(),
            visitor.visitor(),
            0,
            "",
            time,
            time,
            1,
            event.isPageView() ? 1 : 0,
            event.page(),
            event.page(),
            event.source()),
        event.at(),
        event.isPageView() ? event.at() : Moment.NOT_YET,
        event.isPageView() ? event.at() : Moment.NEVER,
        Math.max(time, now),
        Optional.empty());
  }

  /** Whether an event at a time is of this session, in milliseconds since 1970. */
  boolean reaches(long time, long inactivityMillis) {
    return time >= session.start() - inactivityMillis && time <= session.end() + inactivityMillis;
  }

  /** This session with one more event; its id stays, even if the event is its first now. */
  KeptSession joinedBy(ClickKey visitor, SessionEvent event, long now) {
    return merged(this, this, of(session.id(), visitor, event, now));
  }

  /** This session and another as one, which has the id of the one that started first. */
  KeptSession mergedWith(KeptSession other) {
    return merged(first.isBefore(other.first) ? this : other, this, other);
  }

  /** Whether the topic of sessions has it as it is. */
  boolean isPublished() {
    // Whatever joins a session adds an event to it.
    return published.filter(record -> record.session().events() == session.events()).isPresent();
  }

  /** The same as the record of a number in the topic of sessions has it. */
  KeptSession published(long number) {
    Session next = session.nextRevision();
    return new KeptSession(
        next, first, entry, exit, quietSince, Optional.of(new PublishedSession(number, next)));
  }

  private static KeptSession merged(KeptSession survivor, KeptSession one, KeptSession other) {
    Session identity = survivor.session;
    Session a = one.session;
    Session b = other.session;
    return new KeptSession(
        new Session(
            identity.id(),
            identity.site(),
            identity.visitor(),
            identity.revision(),
            "",
            Math.min(a.start(), b.start()),
            Math.max(a.end(), b.end()),
            a.events() + b.events(),
            a.pageViews() + b.pageViews(),
            (other.entry.isBefore(one.entry) ? b : a).entryPage(),
            (one.exit.isBefore(other.exit) ? b : a).exitPage(),
            (other.first.isBefore(one.first) ? b : a).source()),
        Moment.earlier(one.first, other.first),
        Moment.earlier(one.entry, other.entry),
        Moment.later(one.exit, other.exit),
        Math.max(one.quietSince, other.quietSince),
        survivor.published);
  }
}
