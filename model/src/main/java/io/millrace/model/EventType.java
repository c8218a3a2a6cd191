package io.millrace.model;

import java.util.Locale;
import java.util.Optional;

/**
 * What kind of thing a client reports. The order is that of the Avro enum and is only ever added
 * to.
 */
public enum EventType {
  PAGE,
  TRACK,
  IDENTIFY;

  /** The name clients use, in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<EventType> labelled(String label) {
    for (EventType type : values()) {
      if (type.label().equals(label)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
