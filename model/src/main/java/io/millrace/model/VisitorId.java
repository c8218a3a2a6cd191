package io.millrace.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * Who caused an event, as far as a site may know: 128 bits of a hash, written as 22 characters of
 * base64url.
 *
 * <p>Never an address, a user's own id or anything else that names a person; those are hashed with
 * the site, so that the same person has unrelated ids on two sites.
 */
public record VisitorId(String value) {
  private static final int BITS_KEPT = 128;

  public VisitorId {
    if (value.isEmpty() || value.length() > 64) {
      throw new IllegalArgumentException(
          "visitor: expected 1 to 64 characters, got " + value.length());
    }
  }

  /** The id of the visitor that all these parts together stand for. */
  public static VisitorId hashOf(byte[] salt, String... parts) {
    MessageDigest digest = sha256();
    digest.update(salt);
    for (String part : parts) {
      digest.update(part.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
    byte[] kept = Arrays.copyOf(digest.digest(), BITS_KEPT / Byte.SIZE);
    return new VisitorId(Base64.getUrlEncoder().withoutPadding().encodeToString(kept));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java runtime has SHA-256", impossible);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
