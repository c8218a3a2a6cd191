package io.millrace.server.commands;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes secrets that nobody can guess. */
final class Secrets {
  private static final int BYTES = 32;
  private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";

  private Secrets() {}

  /** A name that is not taken, of letters and digits that are not mistaken for each other. */
  static String randomId(int length) {
    var random = new SecureRandom();
    var id = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return id.toString();
  }

  static String random() {
    byte[] secret = new byte[BYTES];
    new SecureRandom().nextBytes(secret);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }
}
