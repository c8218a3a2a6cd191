package io.millrace.views.sql.language;

/**
 * A function that has no value for what it was given. In a query that is the fault of whoever wrote
 * it; in a view the event has no value there.
 */
public final class UncomputableException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final boolean isTooLarge;

  private UncomputableException(String message, boolean isTooLarge) {
    super(message);
    this.isTooLarge = isTooLarge;
  }

  static UncomputableException malformed(String message) {
    return new UncomputableException(message, false);
  }

  static UncomputableException tooLarge(String message) {
    return new UncomputableException(message, true);
  }

  /** Whether the value would be larger than is allowed. */
  public boolean isTooLarge() {
    return isTooLarge;
  }
}
