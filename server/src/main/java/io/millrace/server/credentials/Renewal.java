package io.millrace.server.credentials;

import java.util.Locale;

/** What is made anew although it is there. */
public enum Renewal {
  /** All certificates with new keys, by the authority that is there. */
  CERTIFICATES,
  /** The passwords of all users. */
  PASSWORDS;

  /** As it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
