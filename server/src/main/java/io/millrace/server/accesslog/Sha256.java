package io.millrace.server.accesslog;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash of ids and visitors here. */
final class Sha256 {
  private Sha256() {}

  static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java runtime has SHA-256", impossible);
    }
  }
}
