package io.millrace.server.traffic;

import java.util.Locale;

/** What a simulated event is meant to become. */
public enum TrafficKind {
  /** Counted in the views. */
  GENUINE,
  /** Outcome bot. */
  BOT,
  /** Outcome duplicate. */
  DUPLICATE,
  /** Outcome late. */
  LATE,
  /** Refused by the collector, and so in no log. */
  MALFORMED;

  /** The name for people, in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
