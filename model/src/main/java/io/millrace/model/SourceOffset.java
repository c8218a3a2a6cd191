package io.millrace.model;

import io.millrace.model.codec.ByteReader;
import io.millrace.model.codec.ByteWriter;
import io.millrace.model.codec.MalformedBytesException;
import java.util.Optional;

/**
 * Which record of click-events a record of enriched-clicks was made of. It is a header and not a
 * part of the value, which holds what happened and not where it stood.
 */
public record SourceOffset(int partition, long offset) {
  /** The header of a record of enriched-clicks, of partition and offset as Avro's int and long. */
  public static final String HEADER = "source";

  public byte[] toBytes() {
    var out = new ByteWriter(12);
    out.writeLong(partition);
    out.writeLong(offset);
    return out.toBytes();
  }

  /** Empty for bytes that are none. */
  public static Optional<SourceOffset> parse(byte[] bytes) {
    try {
      var in = new ByteReader(bytes);
      return Optional.of(new SourceOffset(in.readInt(), in.readLong()));
    } catch (MalformedBytesException malformed) {
      return Optional.empty();
    }
  }
}
