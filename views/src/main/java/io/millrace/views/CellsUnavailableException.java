package io.millrace.views;

/** The cells cannot be read just now; trying again in a moment helps. */
public final class CellsUnavailableException extends RuntimeException {

  public CellsUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Of a view that was dropped or replaced while it was read: what was read may be too little. */
  public static CellsUnavailableException gone(String cells) {
    return new CellsUnavailableException(
        cells + " went while it was read", new IllegalStateException("dropped or replaced"));
  }
}
