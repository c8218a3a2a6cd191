package io.millrace.views;

/** A definition cannot be written, or has not had its effect; trying again helps. */
public final class DefinitionsUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DefinitionsUnavailableException(String message) {
    super(message);
  }

  public DefinitionsUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
