package io.millrace.model.instance;

import io.millrace.model.codec.ByteReader;
import io.millrace.model.codec.ByteWriter;
import io.millrace.model.codec.Decoded;
import io.millrace.model.codec.MalformedBytesException;
import io.millrace.model.control.ViewGeneration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@link Announcement} as bytes: a version, then its parts. What a newer program of the same
 * version adds at the end is passed over.
 */
public final class AnnouncementCodec {
  private static final int VERSION = 1;

  private AnnouncementCodec() {}

  public static byte[] encode(Announcement announcement) {
    var out = new ByteWriter(256);
    out.writeByte(VERSION);
    out.writeString(announcement.instance());
    out.writeString(announcement.name());
    out.writeString(announcement.url());
    out.writeLong(announcement.roles().size());
    announcement.roles().forEach(out::writeString);
    out.writeString(announcement.version());
    out.writeLong(announcement.active().size());
    announcement.active().forEach(out::writeLong);
    out.writeLong(announcement.copies().size());
    for (Announcement.Copy copy : announcement.copies()) {
      out.writeLong(copy.partition());
      out.writeLong(copy.lag());
      out.writeLong(copy.lagMillis());
    }
    out.writeLong(announcement.pasts().size());
    for (Announcement.Past past : announcement.pasts()) {
      out.writeString(past.view().view());
      out.writeLong(past.view().number());
      out.writeLong(past.processed());
      out.writeLong(past.total());
    }
    return out.toBytes();
  }

  public static Decoded<Announcement> decode(byte[] bytes) {
    try {
      return new Decoded.Value<>(read(new ByteReader(bytes)));
    } catch (MalformedBytesException | IllegalArgumentException malformed) {
      return new Decoded.Malformed<>(String.valueOf(malformed.getMessage()));
    }
  }

  private static Announcement read(ByteReader in) {
    if (in.readByte() != VERSION) {
      throw new MalformedBytesException("written by a newer program");
    }
    return new Announcement(
        in.readString(),
        in.readString(),
        in.readString(),
        readRoles(in),
        in.readString(),
        readActive(in),
        readCopies(in),
        readPasts(in));
  }

  /** At least a byte for each is left, or it is no length. */
  private static Set<String> readRoles(ByteReader in) {
    var roles = new TreeSet<String>();
    int count = in.readLength();
    for (int i = 0; i < count; i++) {
      roles.add(in.readString());
    }
    return roles;
  }

  private static Set<Integer> readActive(ByteReader in) {
    var active = new TreeSet<Integer>();
    int count = in.readLength();
    for (int i = 0; i < count; i++) {
      active.add(in.readInt());
    }
    return active;
  }

  private static List<Announcement.Copy> readCopies(ByteReader in) {
    var copies = new ArrayList<Announcement.Copy>();
    int count = in.readLength();
    for (int i = 0; i < count; i++) {
      copies.add(new Announcement.Copy(in.readInt(), in.readLong(), in.readLong()));
    }
    return copies;
  }

  private static List<Announcement.Past> readPasts(ByteReader in) {
    var pasts = new ArrayList<Announcement.Past>();
    int count = in.readLength();
    for (int i = 0; i < count; i++) {
      var view = new ViewGeneration(in.readString(), in.readLong());
      pasts.add(new Announcement.Past(view, in.readLong(), in.readLong()));
    }
    return pasts;
  }
}
