package io.millrace.model;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * Makes ids of 128 bits of a SHA-256, written as 22 characters of base64url: short enough for every
 * key, and too many for two to meet.
 */
final class IdHash {
  private static final int BITS_KEPT = 128;

  private final MessageDigest digest = sha256();

  IdHash add(byte[] part) {
    digest.update(part);
    return this;
  }

  String id() {
    byte[] kept = Arrays.copyOf(digest.digest(), BITS_KEPT / Byte.SIZE);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(kept);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java runtime has SHA-256", impossible);
    }
  }
}
