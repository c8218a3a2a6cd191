package io.millrace.model.control;

import io.millrace.model.SiteId;
import io.millrace.model.codec.ByteReader;
import io.millrace.model.codec.ByteWriter;
import io.millrace.model.codec.Decoded;
import io.millrace.model.codec.MalformedBytesException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * {@link ControlCommand} as bytes: a version, the kind of command, then its parts. Private to this
 * program; a reader passes over commands of a kind it does not know, so that a newer process can
 * share the topic with an older one.
 */
public final class ControlCommandCodec {
  private static final int VERSION = 1;
  private static final int REGISTER_SITE = 1;
  private static final int ISSUE_KEY = 2;
  private static final int REVOKE_KEY = 3;
  private static final int CHANGE_INACTIVITY = 4;

  private ControlCommandCodec() {}

  public static byte[] encode(ControlCommand command) {
    var out = new ByteWriter();
    out.writeByte(VERSION);
    switch (command) {
      case ControlCommand.RegisterSite(SiteId site, String name) -> {
        out.writeByte(REGISTER_SITE);
        out.writeString(site.value());
        out.writeString(name);
      }
      case ControlCommand.ChangeInactivity(SiteId site, InactivityChange change) -> {
        out.writeByte(CHANGE_INACTIVITY);
        out.writeString(site.value());
        out.writeLong(change.inactivity().toMillis());
        out.writeLong(change.from());
      }
      case ControlCommand.IssueKey(String keyHash, SiteId site, Set<Permission> permissions) -> {
        out.writeByte(ISSUE_KEY);
        out.writeString(keyHash);
        out.writeString(site.value());
        out.writeLong(permissions.size());
        permissions.forEach(permission -> out.writeLong(permission.ordinal()));
      }
      case ControlCommand.RevokeKey(String keyHash) -> {
        out.writeByte(REVOKE_KEY);
        out.writeString(keyHash);
      }
    }
    return out.toBytes();
  }

  public static Decoded<ControlCommand> decode(byte[] bytes) {
    try {
      return new Decoded.Value<>(read(new ByteReader(bytes)));
    } catch (MalformedBytesException | IllegalArgumentException malformed) {
      return new Decoded.Malformed<>(String.valueOf(malformed.getMessage()));
    }
  }

  private static ControlCommand read(ByteReader in) {
    if (in.readByte() != VERSION) {
      throw new MalformedBytesException("written by a newer program");
    }
    int kind = in.readByte();
    return switch (kind) {
      case REGISTER_SITE ->
          new ControlCommand.RegisterSite(new SiteId(in.readString()), in.readString());
      case ISSUE_KEY ->
          new ControlCommand.IssueKey(
              in.readString(), new SiteId(in.readString()), readPermissions(in));
      case CHANGE_INACTIVITY ->
          new ControlCommand.ChangeInactivity(
              new SiteId(in.readString()),
              new InactivityChange(Duration.ofMillis(in.readLong()), in.readLong()));
      case REVOKE_KEY -> new ControlCommand.RevokeKey(in.readString());
      default -> throw new MalformedBytesException("no command has the number " + kind);
    };
  }

  private static Set<Permission> readPermissions(ByteReader in) {
    var permissions = EnumSet.noneOf(Permission.class);
    int count = in.readLength();
    for (int i = 0; i < count; i++) {
      int ordinal = in.readInt();
      if (ordinal < 0 || ordinal >= Permission.values().length) {
        throw new MalformedBytesException("no permission has the number " + ordinal);
      }
      permissions.add(Permission.values()[ordinal]);
    }
    return permissions;
  }
}
