package io.millrace.server.commands;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes secrets that nobody can guess. */
final class Secrets {
  private static final int BYTES = 24;

  private Secrets() {}

  static String random() {
    byte[] secret = new byte[BYTES];
    new SecureRandom().nextBytes(secret);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }
}
