package io.millrace.streams.judge;

import io.millrace.model.ClickEvent;

/** Remembers which events there were. */
public interface SeenEvents {

  /**
   * Remembers an event; false when one of the same visitor with the same id was remembered before.
   */
  boolean addIfNew(ClickEvent event);
}
