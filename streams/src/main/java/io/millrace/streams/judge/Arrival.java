package io.millrace.streams.judge;

/**
 * How an event came into the log.
 *
 * @param time when it reached the log, in milliseconds since 1970: the record's timestamp
 * @param readmitted whether somebody sent it in again from its lane, so that it is counted whatever
 *     its age and sender
 */
public record Arrival(long time, boolean readmitted) {

  /** The usual way. */
  static Arrival at(long time) {
    return new Arrival(time, false);
  }
}
