package io.millrace.model.codec;

import io.millrace.model.Session;
import io.millrace.model.SessionId;
import io.millrace.model.SessionSource;
import io.millrace.model.SiteId;
import io.millrace.model.VisitorId;
import org.apache.avro.Schema;

/**
 * {@link Session} as an Avro single object of the schema {@code session.avsc}. Safe for any number
 * of threads.
 *
 * <p>Duration and bounce follow from the other fields; they are written so that no reader has to
 * know how.
 */
public final class SessionCodec {
  private static final SingleObject FRAME = SingleObject.ofResources("session.avsc");

  private SessionCodec() {}

  public static Schema schema() {
    return FRAME.schema();
  }

  public static byte[] encode(Session session) {
    var out = new ByteWriter(256);
    FRAME.writeHeader(out);
    out.writeString(session.id().value());
    out.writeString(session.site().value());
    out.writeString(session.visitor().value());
    out.writeLong(session.revision());
    out.writeString(session.mergedInto());
    out.writeLong(session.start());
    out.writeLong(session.end());
    out.writeLong(session.events());
    out.writeLong(session.pageViews());
    out.writeString(session.entryPage());
    out.writeString(session.exitPage());
    out.writeString(session.source().referrerMedium());
    out.writeString(session.source().referrerSource());
    out.writeString(session.source().utmSource());
    out.writeString(session.source().utmMedium());
    out.writeString(session.source().utmCampaign());
    out.writeLong(session.durationMillis());
    out.writeBoolean(session.isBounce());
    return out.toBytes();
  }

  public static Decoded<Session> decode(byte[] bytes) {
    try {
      var in = new ByteReader(bytes);
      FRAME.readHeader(in);
      Session session = read(in);
      if (in.readLong() != session.durationMillis() || in.readBoolean() != session.isBounce()) {
        return new Decoded.Malformed<>("duration or bounce contradicts the rest of the session");
      }
      return in.remaining() > 0
          ? new Decoded.Malformed<>(in.remaining() + " bytes follow the session")
          : new Decoded.Value<>(session);
    } catch (MalformedBytesException | IllegalArgumentException malformed) {
      return new Decoded.Malformed<>(String.valueOf(malformed.getMessage()));
    }
  }

  private static Session read(ByteReader in) {
    return new Session(
        new SessionId(in.readString()),
        new SiteId(in.readString()),
        new VisitorId(in.readString()),
        in.readInt(),
        in.readString(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readString(),
        in.readString(),
        new SessionSource(
            in.readString(), in.readString(), in.readString(), in.readString(), in.readString()));
  }
}
