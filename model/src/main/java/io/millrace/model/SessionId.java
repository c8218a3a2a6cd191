package io.millrace.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Which session of all: 128 bits of a hash, written as 22 characters of base64url.
 *
 * <p>It comes from the event that opened the session, the first of it to be counted, and stays when
 * earlier events of the session come late. So the same log gives the same ids however often it is
 * processed.
 */
public record SessionId(String value) {
  private static final byte[] SEPARATOR = {0};

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
    var hash =
        new IdHash()
            .add(visitor.toBytes())
            .add(SEPARATOR)
            .add(eventId.getBytes(StandardCharsets.UTF_8))
            .add(SEPARATOR)
            .add(ByteBuffer.allocate(Long.BYTES).putLong(eventTime).array());
    return new SessionId(hash.id());
  }

  @Override
  public String toString() {
    return value;
  }
}
