package io.millrace.streams.judge;

/**
 * Whole hours since 1970, the grain in which event ids are forgotten. An id is known up to the end
 * of the hour in which its window ends, and stays stored for one hour more, so that collectors
 * whose clocks differ by less than that find it all the same.
 */
final class Hours {
  private static final long MILLIS = 3_600_000;

  private Hours() {}

  /** The hour that a time lies in. */
  static int of(long millis) {
    return (int) Math.floorDiv(millis, MILLIS);
  }

  /** The first hour that begins at a time or after it. */
  static int notBefore(long millis) {
    return (int) -Math.floorDiv(-millis, MILLIS);
  }

  /** Whether nobody can ask any more for what expired with the beginning of an hour. */
  static boolean isOver(int expiry, int now) {
    return now > expiry;
  }
}
