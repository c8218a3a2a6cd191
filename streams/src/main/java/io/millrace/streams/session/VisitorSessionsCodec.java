package io.millrace.streams.session;

import io.millrace.model.ClickKey;
import io.millrace.model.Session;
import io.millrace.model.SessionId;
import io.millrace.model.SessionSource;
import io.millrace.model.codec.ByteReader;
import io.millrace.model.codec.ByteWriter;
import io.millrace.model.codec.MalformedBytesException;
import io.millrace.streams.visitor.PartCodec;
import java.util.ArrayList;

/**
 * The sessions of a visitor as a part of the visitor's state, some 150 bytes for each. Times are
 * differences to the start of the session. Safe for any number of threads.
 */
final class VisitorSessionsCodec implements PartCodec<VisitorSessions> {
  private static final int VERSION = 1;

  @Override
  public void write(VisitorSessions visitor, ByteWriter out) {
    out.writeByte(VERSION);
    out.writeLong(visitor.timer());
    visitor.sessions().forEach(session -> write(session, out));
  }

  /**
   * The sessions of a visitor.
   *
   * @throws MalformedBytesException for bytes that {@link #write} did not write
   */
  @Override
  public VisitorSessions decode(ClickKey visitor, byte[] bytes) {
    var in = new ByteReader(bytes);
    int version = in.readByte();
    if (version != VERSION) {
      throw new MalformedBytesException("sessions of a visitor have version " + version);
    }
    long timer = in.readLong();
    var sessions = new ArrayList<KeptSession>(2);
    while (in.remaining() > 0) {
      sessions.add(read(visitor, in));
    }
    return new VisitorSessions(visitor, sessions, timer);
  }

  private static void write(KeptSession kept, ByteWriter out) {
    Session session = kept.session();
    long start = session.start();
    out.writeString(session.id().value());
    out.writeLong(session.revision());
    out.writeBoolean(kept.isPublished());
    out.writeLong(start);
    out.writeLong(session.durationMillis());
    out.writeLong(kept.quietSince() - start);
    out.writeFixedLong(kept.first().idHash());
    out.writeLong(session.events());
    out.writeLong(session.pageViews());
    if (session.pageViews() > 0) {
      writePageView(kept.entry(), session.entryPage(), start, out);
      writePageView(kept.exit(), session.exitPage(), start, out);
    }
    out.writeString(session.source().referrerMedium());
    out.writeString(session.source().referrerSource());
    out.writeString(session.source().utmSource());
    out.writeString(session.source().utmMedium());
    out.writeString(session.source().utmCampaign());
  }

  private static void writePageView(Moment at, String page, long start, ByteWriter out) {
    out.writeLong(at.time() - start);
    out.writeFixedLong(at.idHash());
    out.writeString(page);
  }

  private static KeptSession read(ClickKey visitor, ByteReader in) {
    var id = new SessionId(in.readString());
    int revision = in.readInt();
    boolean isPublished = in.readBoolean();
    long start = in.readLong();
    long end = start + in.readLong();
    long quietSince = start + in.readLong();
    var first = new Moment(start, in.readFixedLong());
    long events = in.readLong();
    long pageViews = in.readLong();
    Moment entry = Moment.NOT_YET;
    Moment exit = Moment.NEVER;
    String entryPage = "";
    String exitPage = "";
    if (pageViews > 0) {
      entry = readMoment(start, in);
      entryPage = in.readString();
      exit = readMoment(start, in);
      exitPage = in.readString();
    }
    var source =
        new SessionSource(
            in.readString(), in.readString(), in.readString(), in.readString(), in.readString());
    var session =
        new Session(
            id,
            visitor.site(),
            visitor.visitor(),
            revision,
            "",
            start,
            end,
            events,
            pageViews,
            entryPage,
            exitPage,
            source);
    return new KeptSession(session, first, entry, exit, quietSince, isPublished);
  }

  private static Moment readMoment(long start, ByteReader in) {
    long time = start + in.readLong();
    return new Moment(time, in.readFixedLong());
  }
}
