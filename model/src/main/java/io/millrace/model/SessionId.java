package io.millrace.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * Which session of all: 128 bits of a hash, written as 22 characters of base64url.
 *
 * <p>It comes from the event that opened the session, the first of it to be counted, and stays when
 * earlier events of the session come late. So the same log gives the same ids however often it is
 * processed.
 */
public record SessionId(String value) {
  private static final int BITS_KEPT = 128;

  public SessionId {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("session: expected an id, got none");
    }
  }

  /**
   * The id of the session that an event opens. The event's time is in it, since an id that comes
   * again long after is that of another event.
   */
  public static SessionId openedBy(ClickKey visitor, String eventId, long eventTime) {
    MessageDigest digest = sha256();
    digest.update(visitor.toBytes());
    digest.update((byte) 0);
    digest.update(eventId.getBytes(StandardCharsets.UTF_8));
    digest.update(ByteBuffer.allocate(1 + Long.BYTES).put((byte) 0).putLong(eventTime).array());
    byte[] kept = Arrays.copyOf(digest.digest(), BITS_KEPT / Byte.SIZE);
    return new SessionId(Base64.getUrlEncoder().withoutPadding().encodeToString(kept));
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
