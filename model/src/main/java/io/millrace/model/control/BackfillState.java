package io.millrace.model.control;

/**
 * How far a view has its past. The order is that of the command's bytes and is only ever added to.
 */
public enum BackfillState {
  /** Not begun. */
  WAITING,
  /** Its first positions are committed; from now on they must be there. */
  RUNNING,
  /** All of the past is in its cells. */
  COMPLETE,
  /** Nobody knows how far it came, so the view must be defined anew. */
  LOST;

  /** Whether it ended, one way or the other. */
  public boolean isOver() {
    return this == COMPLETE || this == LOST;
  }

  /** It only ever moves on: a writer that was cut off may tell late what was true once. */
  boolean canBecome(BackfillState other) {
    return !isOver() && other.compareTo(this) > 0;
  }
}
