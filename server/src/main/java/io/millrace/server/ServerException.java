package io.millrace.server;

/**
 * A failure of the process itself, with a message for the person who runs it: what happened, and
 * what to do next. The command line prints the message alone; the stack goes to the log.
 */
public final class ServerException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final ServerError error;

  /**
   * @param error which failure, and so whose fault
   * @param message what happened and what to do next
   */
  public ServerException(ServerError error, String message) {
    super(message);
    this.error = error;
  }

  /**
   * @param error which failure, and so whose fault
   * @param message what happened and what to do next
   * @param cause what led to it
   */
  public ServerException(ServerError error, String message, Throwable cause) {
    super(message, cause);
    this.error = error;
  }

  /** Which failure this is. */
  public ServerError error() {
    return error;
  }
}
