package io.millrace.server.config;

import io.millrace.server.report.SafeText;
import java.nio.file.Path;

/**
 * Where a value comes from.
 *
 * @param level what is stronger than what
 * @param text for people, such as {@code millrace.yaml:12}
 */
public record Origin(Level level, String text) {
  public static final Origin DEFAULT = new Origin(Level.DEFAULT, "default");

  /** From the weakest to the strongest. */
  public enum Level {
    DEFAULT,
    FILE,
    ENVIRONMENT,
    FLAG
  }

  static Origin file(String name, int line) {
    return new Origin(Level.FILE, name + ":" + line);
  }

  static Origin environment(String variable) {
    return new Origin(Level.ENVIRONMENT, "environment " + variable);
  }

  static Origin flag(String option) {
    return new Origin(Level.FLAG, "option " + option);
  }

  /** The value stands in a file of its own, to which the origin points. */
  Origin by(Path content) {
    return new Origin(level, text + ", file " + SafeText.of(content.toString()));
  }
}
