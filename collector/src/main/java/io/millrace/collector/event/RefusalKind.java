package io.millrace.collector.event;

import java.util.Locale;

/** The classes of reasons to refuse an event; few enough to be a label of a metric. */
public enum RefusalKind {
  /** Not readable as an event at all. */
  MALFORMED,
  /** Readable, but a field is missing, unknown or wrong. */
  INVALID,
  /** A time that cannot be: unreadable, before 1990 or in the future. */
  TIME,
  /** No site has this write key. */
  UNAUTHORIZED,
  /** The write key does not permit the use of a field. */
  FORBIDDEN,
  /** More bytes or more events than are taken at once. */
  TOO_LARGE;

  /** The name used in answers and metrics, in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
