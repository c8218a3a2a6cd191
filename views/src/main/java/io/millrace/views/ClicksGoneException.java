package io.millrace.views;

/** Clicks that somebody has not seen yet are no longer kept. */
public final class ClicksGoneException extends RuntimeException {

  public ClicksGoneException(String message) {
    super(message);
  }
}
