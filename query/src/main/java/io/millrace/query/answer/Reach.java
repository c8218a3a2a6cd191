package io.millrace.query.answer;

import io.millrace.views.CellReader;
import io.millrace.views.Gathering;

/** Which cells an answer needs. */
public enum Reach {
  /** All of them, or there is no answer. */
  ALL,
  /** Those that can be had; the answer says what it lacks. */
  AT_BEST;

  /**
   * The cells for one answer.
   *
   * @param lacking takes what it lacks
   */
  public CellReader of(CellReader cells, Gathering lacking) {
    return switch (this) {
      case ALL -> cells;
      case AT_BEST -> cells.atBest(lacking::add);
    };
  }
}
