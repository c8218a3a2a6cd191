package io.millrace.streams.session;

import io.millrace.model.Session;
import java.util.Optional;

/**
 * The sessions of one partition as a view finds them that begins between two events. Belongs to the
 * thread of the partition's task.
 */
public interface SessionsSoFar {

  /** How many records the topic of sessions has been sent from this partition. */
  long published();

  /** Hands over all sessions that an event can still join; the topic has all others. */
  void forEach(Receiver receiver);

  /** Takes a session. */
  @FunctionalInterface
  interface Receiver {

    /**
     * Takes a session.
     *
     * @param session as it is now
     * @param published what the topic has of it; empty when it has nothing
     */
    void accept(Session session, Optional<Session> published);
  }
}
