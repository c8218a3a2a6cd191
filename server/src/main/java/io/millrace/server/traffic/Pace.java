package io.millrace.server.traffic;

/**
 * How many events are due: always as many as the rate gives since the beginning, so that errors
 * never add up, but never more behind than a bound. What is beyond it is forgiven, because a
 * collector that could not follow would otherwise be flooded as soon as it can. Pure; for one
 * thread.
 */
final class Pace {
  private static final double NANOS = 1e9;

  private final double rate;
  private final long mostBehind;
  private long made;
  private long forgiven;

  /**
   * @param rate events a second
   * @param mostBehind how many events may be owed
   */
  Pace(double rate, long mostBehind) {
    this.rate = rate;
    this.mostBehind = mostBehind;
  }

  /** How many events are to be made now, so long after the beginning. */
  int due(long elapsedNanos) {
    long wanted = Math.round(rate * elapsedNanos / NANOS);
    long owed = wanted - made - forgiven;
    if (owed > mostBehind) {
      forgiven += owed - mostBehind;
      owed = mostBehind;
    }
    return (int) Math.max(0, owed);
  }

  void made(int events) {
    made += events;
  }

  /** How many events were owed and will not be made. */
  long forgiven() {
    return forgiven;
  }
}
