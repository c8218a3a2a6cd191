package io.millrace.streams.session;

/**
 * The place of an event in the order of its visitor's events: by time, and where two happened in
 * the same millisecond by a hash of their ids, so that the order does not depend on which came
 * first.
 *
 * @param time in milliseconds since 1970
 */
record Moment(long time, long idHash) implements Comparable<Moment> {
  /** Before every event. */
  static final Moment NEVER = new Moment(Long.MIN_VALUE, Long.MIN_VALUE);

  /** After every event. */
  static final Moment NOT_YET = new Moment(Long.MAX_VALUE, Long.MAX_VALUE);

  @Override
  public int compareTo(Moment other) {
    int byTime = Long.compare(time, other.time);
    return byTime != 0 ? byTime : Long.compare(idHash, other.idHash);
  }

  boolean isBefore(Moment other) {
    return compareTo(other) < 0;
  }

  static Moment earlier(Moment one, Moment other) {
    return other.isBefore(one) ? other : one;
  }

  static Moment later(Moment one, Moment other) {
    return one.isBefore(other) ? other : one;
  }
}
