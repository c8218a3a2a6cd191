package io.millrace.model;

import java.nio.charset.StandardCharsets;

/**
 * Who caused an event, as far as a site may know: 128 bits of a hash, written as 22 characters of
 * base64url.
 *
 * <p>Never an address, a user's own id or anything else that names a person; those are hashed with
 * the site, so that the same person has unrelated ids on two sites.
 */
public record VisitorId(String value) {
  private static final byte[] SEPARATOR = {0};

  public VisitorId {
    if (value.isEmpty() || value.length() > 64) {
      throw new IllegalArgumentException(
          "visitor: expected 1 to 64 characters, got " + value.length());
    }
  }

  /** The id of the visitor that all these parts together stand for. */
  public static VisitorId hashOf(byte[] salt, String... parts) {
    var hash = new IdHash().add(salt);
    for (String part : parts) {
      hash.add(part.getBytes(StandardCharsets.UTF_8)).add(SEPARATOR);
    }
    return new VisitorId(hash.id());
  }

  @Override
  public String toString() {
    return value;
  }
}
