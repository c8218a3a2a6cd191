package io.millrace.model.codec;

import io.millrace.model.ClickEvent;
import io.millrace.model.ClientHints;
import io.millrace.model.EventType;
import io.millrace.model.SiteId;
import io.millrace.model.VisitorId;
import org.apache.avro.Schema;

/**
 * {@link ClickEvent} as an Avro single object of the schema {@code click-event.avsc}. Reads events
 * of the schema before as well, which have no client hints. Safe for any number of threads.
 */
public final class ClickEventCodec {
  private static final SingleObject FRAME =
      SingleObject.ofResources("click-event.avsc").andBefore("click-event-1.avsc");
  private static final EventType[] TYPES = EventType.values();

  private ClickEventCodec() {}

  public static Schema schema() {
    return FRAME.schema();
  }

  public static byte[] encode(ClickEvent event) {
    var out = new ByteWriter();
    encode(event, out);
    return out.toBytes();
  }

  public static void encode(ClickEvent event, ByteWriter out) {
    FRAME.writeHeader(out);
    writeBody(event, out);
  }

  public static Decoded<ClickEvent> decode(byte[] bytes) {
    try {
      var in = new ByteReader(bytes);
      boolean hasHints = FRAME.readHeader(in) == SingleObject.CURRENT;
      ClickEvent event = readBody(in, hasHints);
      if (in.remaining() > 0) {
        return new Decoded.Malformed<>(in.remaining() + " bytes follow the event");
      }
      return new Decoded.Value<>(event);
    } catch (MalformedBytesException | IllegalArgumentException malformed) {
      return new Decoded.Malformed<>(String.valueOf(malformed.getMessage()));
    }
  }

  /** Copies an encoded event without its header, and adds the fields it is too old to have. */
  static void copyBody(byte[] encoded, ByteWriter out) {
    out.writeRaw(encoded, SingleObject.HEADER_LENGTH, encoded.length - SingleObject.HEADER_LENGTH);
    if (FRAME.readHeader(new ByteReader(encoded)) != SingleObject.CURRENT) {
      writeHints(ClientHints.NONE, out);
    }
  }

  private static void writeBody(ClickEvent event, ByteWriter out) {
    out.writeString(event.id());
    out.writeString(event.site().value());
    out.writeString(event.visitor().value());
    out.writeLong(event.type().ordinal());
    out.writeString(event.name());
    out.writeString(event.url());
    out.writeString(event.referrer());
    out.writeString(event.title());
    out.writeString(event.userId());
    out.writeString(event.anonymousId());
    out.writeLong(event.time());
    out.writeLong(event.clientTime());
    out.writeLong(event.sentTime());
    out.writeLong(event.receivedTime());
    out.writeString(event.address());
    out.writeString(event.agent());
    out.writeString(event.language());
    out.writeString(event.screen());
    out.writeString(event.properties());
    out.writeBoolean(event.backfill());
    writeHints(event.hints(), out);
  }

  private static void writeHints(ClientHints hints, ByteWriter out) {
    out.writeString(hints.brands());
    out.writeString(hints.fullVersions());
    out.writeString(hints.mobile());
    out.writeString(hints.platform());
    out.writeString(hints.platformVersion());
    out.writeString(hints.model());
  }

  static ClickEvent readBody(ByteReader in, boolean hasHints) {
    return new ClickEvent(
        in.readString(),
        new SiteId(in.readString()),
        new VisitorId(in.readString()),
        readType(in),
        in.readString(),
        in.readString(),
        in.readString(),
        in.readString(),
        in.readString(),
        in.readString(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readString(),
        in.readString(),
        in.readString(),
        in.readString(),
        in.readString(),
        in.readBoolean(),
        hasHints ? readHints(in) : ClientHints.NONE);
  }

  private static ClientHints readHints(ByteReader in) {
    var hints =
        new ClientHints(
            in.readString(),
            in.readString(),
            in.readString(),
            in.readString(),
            in.readString(),
            in.readString());
    return hints.isNone() ? ClientHints.NONE : hints;
  }

  private static EventType readType(ByteReader in) {
    int ordinal = in.readInt();
    if (ordinal < 0 || ordinal >= TYPES.length) {
      throw new MalformedBytesException("the event type has no number " + ordinal);
    }
    return TYPES[ordinal];
  }
}
