package io.millrace.model;

import io.millrace.model.codec.ByteReader;
import io.millrace.model.codec.ByteWriter;
import io.millrace.model.codec.MalformedBytesException;
import java.util.Optional;

/**
 * The place of a record of the topic sessions among those that come from one partition of
 * click-events. It is a header and not a part of the value, which holds what happened.
 *
 * @param partition of click-events
 * @param number how many records of sessions had come from that partition before
 */
public record SessionNumber(int partition, long number) {
  /** The header of a record of sessions, of partition and number as Avro's int and long. */
  public static final String HEADER = "number";

  public byte[] toBytes() {
    var out = new ByteWriter(12);
    out.writeLong(partition);
    out.writeLong(number);
    return out.toBytes();
  }

  /** Empty for bytes that are none. */
  public static Optional<SessionNumber> parse(byte[] bytes) {
    try {
      var in = new ByteReader(bytes);
      return Optional.of(new SessionNumber(in.readInt(), in.readLong()));
    } catch (MalformedBytesException malformed) {
      return Optional.empty();
    }
  }
}
