package io.millrace.views;

/**
 * What one answer was read from, as {@link CellReader#atBest} tells it piece by piece. Belongs to
 * one thread.
 */
public final class Gathering {
  private Completeness soFar = Completeness.COMPLETE;

  /** Takes what one reading lacked. */
  public void add(Completeness reading) {
    soFar = soFar.and(reading);
  }

  /** Of all that was read. */
  public Completeness completeness() {
    return soFar;
  }
}
