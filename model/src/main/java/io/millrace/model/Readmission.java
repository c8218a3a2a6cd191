package io.millrace.model;

import java.time.Duration;

/**
 * What the sender and the judge of an event that is sent in again from its lane agree on. The
 * record's value is the very bytes of the first time, so that the mark is a header.
 */
public final class Readmission {
  /** The header of a record of click-events by which it is neither late nor a bot's. */
  public static final String HEADER = "readmitted";

  /**
   * How long a readmitted event is recognised when it is readmitted again. Longer than {@link
   * #OLDEST}, so that readmitting a lane twice counts nothing twice.
   */
  public static final Duration WINDOW = Duration.ofDays(30);

  /** How long after an event first reached the log it can be readmitted. */
  public static final Duration OLDEST = Duration.ofDays(29);

  private Readmission() {}
}
