package io.millrace.streams.session;

import io.millrace.model.ClickKey;
import io.millrace.model.PublishedSession;
import io.millrace.model.Session;
import io.millrace.model.SessionId;
import io.millrace.model.SessionSource;
import io.millrace.model.codec.ByteReader;
import io.millrace.model.codec.ByteWriter;
import io.millrace.model.codec.MalformedBytesException;
import io.millrace.streams.visitor.PartCodec;
import java.util.ArrayList;
import java.util.Optional;

/**
 * The sessions of a visitor as a part of the visitor's state, some 150 bytes for each. Times are
 * differences to the start of the session. Safe for any number of threads.
 */
final class VisitorSessionsCodec implements PartCodec<VisitorSessions> {
  private static final int VERSION = 2;

  /** Did not have what the topic of sessions has of them. */
  private static final int VERSION_BEFORE = 1;

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
    if (version != VERSION && version != VERSION_BEFORE) {
      throw new MalformedBytesException("sessions of a visitor have version " + version);
    }
    long timer = in.readLong();
    var sessions = new ArrayList<KeptSession>(2);
    while (in.remaining() > 0) {
      sessions.add(read(visitor, version, in));
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
    writeSource(session.source(), out);
    out.writeBoolean(kept.published().isPresent());
    kept.published().ifPresent(published -> writePublished(kept, published, out));
  }

  /** The session itself is written only where it is another. */
  private static void writePublished(KeptSession kept, PublishedSession published, ByteWriter out) {
    out.writeLong(published.number());
    if (kept.isPublished()) {
      return;
    }
    Session session = published.session();
    out.writeLong(session.start());
    out.writeLong(session.durationMillis());
    out.writeLong(session.events());
    out.writeLong(session.pageViews());
    out.writeString(session.entryPage());
    out.writeString(session.exitPage());
    writeSource(session.source(), out);
  }

  private static void writeSource(SessionSource source, ByteWriter out) {
    out.writeString(source.referrerMedium());
    out.writeString(source.referrerSource());
    out.writeString(source.utmSource());
    out.writeString(source.utmMedium());
    out.writeString(source.utmCampaign());
  }

  private static void writePageView(Moment at, String page, long start, ByteWriter out) {
    out.writeLong(at.time() - start);
    out.writeFixedLong(at.idHash());
    out.writeString(page);
  }

  private static KeptSession read(ClickKey visitor, int version, ByteReader in) {
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
    SessionSource source = readSource(in);
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
    Optional<PublishedSession> published =
        version == VERSION
            ? readPublished(session, isPublished, in)
            : Optional.of(new PublishedSession(PublishedSession.UNNUMBERED, session))
                .filter(unnumbered -> isPublished);
    return new KeptSession(session, first, entry, exit, quietSince, published);
  }

  private static Optional<PublishedSession> readPublished(
      Session session, boolean isPublished, ByteReader in) {
    if (!in.readBoolean()) {
      return Optional.empty();
    }
    long number = in.readLong();
    return Optional.of(
        new PublishedSession(number, isPublished ? session : readFormer(session, in)));
  }

  private static Session readFormer(Session session, ByteReader in) {
    long start = in.readLong();
    return new Session(
        session.id(),
        session.site(),
        session.visitor(),
        session.revision(),
        "",
        start,
        start + in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readString(),
        in.readString(),
        readSource(in));
  }

  private static SessionSource readSource(ByteReader in) {
    return new SessionSource(
        in.readString(), in.readString(), in.readString(), in.readString(), in.readString());
  }

  private static Moment readMoment(long start, ByteReader in) {
    long time = start + in.readLong();
    return new Moment(time, in.readFixedLong());
  }
}
