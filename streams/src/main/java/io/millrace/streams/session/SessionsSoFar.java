package io.millrace.streams.session;

import io.millrace.model.Session;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The sessions of one partition as a view finds them that begins between two events. Belongs to the
 * thread of the partition's task.
 */
public interface SessionsSoFar {

  /** How many records the topic of sessions has been sent from this partition. */
  long published();

  /**
   * Hands over the sessions of which the topic has nothing, or less than there is. Looks at
   * visitors who were here lately.
   */
  void forEachUnsent(Receiver receiver);

  /** Hands over all sessions that an event can still join. Looks at all visitors of three days. */
  void forEach(Consumer<Session> receiver);

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
