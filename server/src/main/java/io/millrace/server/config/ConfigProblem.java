package io.millrace.server.config;

import java.util.Optional;

/**
 * Something that is wrong with a configuration, for the person who wrote it.
 *
 * @param key the setting, with dots between the sections; empty where it is the file as a whole
 * @param message what is expected, and what is there instead
 * @param origin where it was written; empty where nothing is written
 */
public record ConfigProblem(String key, String message, Optional<Origin> origin) {

  static ConfigProblem at(Origin origin, String key, String message) {
    return new ConfigProblem(
        key, message, origin.equals(Origin.DEFAULT) ? Optional.empty() : Optional.of(origin));
  }

  static ConfigProblem at(GivenValue value, String message) {
    return at(value.origin(), value.key(), message);
  }

  /** One line, such as {@code millrace.yaml:12: http.port: expected 0 to 65535, got 70000}. */
  public String text() {
    return origin.map(place -> place.text() + ": ").orElse("")
        + (key.isEmpty() ? "" : key + ": ")
        + message;
  }
}
