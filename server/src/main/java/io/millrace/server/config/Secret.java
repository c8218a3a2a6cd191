package io.millrace.server.config;

/**
 * Something that nobody may read by accident: in a log, an error, or what is printed of records.
 */
public record Secret(String value) {
  /** What stands where a secret would. */
  public static final String MASK = "(secret)";

  public Secret {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("secret: is empty");
    }
  }

  @Override
  public String toString() {
    return MASK;
  }
}
