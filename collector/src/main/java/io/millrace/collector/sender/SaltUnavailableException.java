package io.millrace.collector.sender;

import java.time.LocalDate;

/** Nobody can say yet which secret a day has; nothing is wrong with what was sent. */
public final class SaltUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public SaltUnavailableException(LocalDate day) {
    super("The salt of " + day + " is not known yet");
  }
}
