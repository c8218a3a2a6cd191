package io.millrace.model.codec;

import io.millrace.model.Outcome;
import io.millrace.model.RejectedClick;
import org.apache.avro.Schema;

/**
 * {@link RejectedClick} as an Avro single object of the schema {@code rejected-click.avsc}. Safe
 * for any number of threads.
 */
public final class RejectedClickCodec {
  private static final SingleObject FRAME = SingleObject.ofResources("rejected-click.avsc");
  private static final Outcome[] OUTCOMES = Outcome.values();

  private RejectedClickCodec() {}

  public static Schema schema() {
    return FRAME.schema();
  }

  public static byte[] encode(RejectedClick click) {
    var out = new ByteWriter(click.payload().length + 128);
    FRAME.writeHeader(out);
    out.writeLong(click.outcome().ordinal());
    out.writeString(click.reason());
    out.writeLong(click.partition());
    out.writeLong(click.offset());
    out.writeLong(click.timestamp());
    out.writeBytes(click.payload());
    return out.toBytes();
  }

  public static Decoded<RejectedClick> decode(byte[] bytes) {
    try {
      var in = new ByteReader(bytes);
      FRAME.readHeader(in);
      return new Decoded.Value<>(
          new RejectedClick(
              readOutcome(in),
              in.readString(),
              in.readInt(),
              in.readLong(),
              in.readLong(),
              in.readBytes()));
    } catch (MalformedBytesException | IllegalArgumentException malformed) {
      return new Decoded.Malformed<>(String.valueOf(malformed.getMessage()));
    }
  }

  private static Outcome readOutcome(ByteReader in) {
    int ordinal = in.readInt();
    if (ordinal < 0 || ordinal >= OUTCOMES.length) {
      throw new MalformedBytesException("the outcome has no number " + ordinal);
    }
    return OUTCOMES[ordinal];
  }
}
