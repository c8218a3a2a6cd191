package io.millrace.views;

/** The cells cannot be read just now; trying again in a moment helps. */
public final class CellsUnavailableException extends RuntimeException {

  public CellsUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
