package io.millrace.server.traffic;

import io.millrace.server.sender.OutgoingEvent;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * Events that were sent a while ago and so may be sent once more: not so short ago that they stand
 * in the same request, not so long ago that nobody remembers them. For one thread.
 */
final class RecentEvents {
  private static final int DELAY = 100;
  private static final int MOST = 200;

  private final ArrayDeque<OutgoingEvent> young = new ArrayDeque<>();
  private final ArrayDeque<OutgoingEvent> ripe = new ArrayDeque<>();

  void add(OutgoingEvent event) {
    young.addLast(event);
    if (young.size() > DELAY) {
      ripe.addLast(young.removeFirst());
    }
    if (ripe.size() > MOST) {
      ripe.removeFirst();
    }
  }

  /** One of them, never the same twice; empty if there is none yet. */
  Optional<OutgoingEvent> any() {
    return Optional.ofNullable(ripe.pollFirst());
  }
}
