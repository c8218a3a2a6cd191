package io.millrace.streams.judge;

import io.millrace.model.ClickEvent;

/** Remembers which events there were. */
public interface SeenEvents {

  /**
   * What the memory says of an event.
   *
   * @param isNew whether no event of the same visitor with the same id is remembered
   * @param newInMinute how many new events of this visitor, with this one, reached the log in the
   *     same minute; 0 for one that is not new, and where nobody has set a bound
   */
  record Sighting(boolean isNew, int newInMinute) {
    static final Sighting AGAIN = new Sighting(false, 0);
  }

  /** Looks an event up, and remembers it if it is new. */
  Sighting see(ClickEvent event, Arrival arrival);
}
