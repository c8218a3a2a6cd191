package io.millrace.model;

import io.millrace.model.codec.ByteReader;
import io.millrace.model.codec.ByteWriter;
import io.millrace.model.codec.Decoded;
import io.millrace.model.codec.MalformedBytesException;
import io.millrace.model.codec.SessionCodec;
import java.util.Optional;

/**
 * A session as a record of the topic sessions has it.
 *
 * @param number as in {@link SessionNumber}; {@link #UNNUMBERED} of a record that was written
 *     before there were numbers
 */
public record PublishedSession(long number, Session session) {
  public static final long UNNUMBERED = -1;

  /**
   * The header of a record of sessions that takes the place of another: that one's number as Avro's
   * long, and its value.
   */
  public static final String REPLACED = "replaces";

  public byte[] toBytes() {
    var out = new ByteWriter(256);
    out.writeLong(number);
    out.writeRaw(SessionCodec.encode(session));
    return out.toBytes();
  }

  /** Empty for bytes that are none. */
  public static Optional<PublishedSession> parse(byte[] bytes) {
    try {
      var in = new ByteReader(bytes);
      long number = in.readLong();
      return SessionCodec.decode(in.readRaw(in.remaining()))
              instanceof Decoded.Value<Session>(Session session)
          ? Optional.of(new PublishedSession(number, session))
          : Optional.empty();
    } catch (MalformedBytesException malformed) {
      return Optional.empty();
    }
  }
}
