package io.millrace.ops;

/** Something an operator has to do with failed; the message says what to do next. */
public final class OperationsException extends RuntimeException {

  /** Whose fault it is. */
  public enum Code {
    /** The cluster does not answer, or not in time. */
    CLUSTER_UNAVAILABLE,
    /** A topic is there, but not as it must be. */
    TOPIC_DIFFERS
  }

  private final Code code;

  public OperationsException(Code code, String message) {
    super(message);
    this.code = code;
  }

  public OperationsException(Code code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public Code code() {
    return code;
  }
}
