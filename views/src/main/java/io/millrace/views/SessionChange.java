package io.millrace.views;

import io.millrace.model.Session;
import java.util.Optional;

/**
 * What an event made of a session: views take back what the session was and add what it is, so that
 * they are right at any moment and not only once it is closed.
 *
 * @param before the session as it is counted so far; empty for one that the event opened
 * @param after the session as it is from now on; empty for one that became part of another
 */
public record SessionChange(Optional<SessionFact> before, Optional<SessionFact> after) {

  public static SessionChange opened(Session session) {
    return new SessionChange(Optional.empty(), Optional.of(new SessionFact(session)));
  }

  public static SessionChange grown(Session before, Session after) {
    return new SessionChange(
        Optional.of(new SessionFact(before)), Optional.of(new SessionFact(after)));
  }

  /** A session that is no longer one of its own. */
  public static SessionChange gone(Session session) {
    return new SessionChange(Optional.of(new SessionFact(session)), Optional.empty());
  }
}
