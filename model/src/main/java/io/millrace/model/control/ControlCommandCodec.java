package io.millrace.model.control;

import io.millrace.model.SiteId;
import io.millrace.model.codec.ByteReader;
import io.millrace.model.codec.ByteWriter;
import io.millrace.model.codec.Decoded;
import io.millrace.model.codec.MalformedBytesException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
  private static final int DEFINE_VIEW = 5;
  private static final int DROP_VIEW = 6;
  private static final int NOTE_BACKFILL = 7;
  private static final int DEFINE_TABLE = 8;
  private static final int DROP_TABLE = 9;
  private static final int SWAP_VIEW = 10;
  private static final int LIMIT_KEY = 11;
  private static final int ISSUE_TOKEN = 12;
  private static final int REVOKE_TOKEN = 13;
  private static final long NEVER = 0;

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
      case ControlCommand.LimitKey(String keyHash, Set<String> origins) -> {
        out.writeByte(LIMIT_KEY);
        out.writeString(keyHash);
        out.writeLong(origins.size());
        origins.forEach(out::writeString);
      }
      case ControlCommand.IssueToken(AccessToken token) -> {
        out.writeByte(ISSUE_TOKEN);
        write(token, out);
      }
      case ControlCommand.RevokeToken(String id) -> {
        out.writeByte(REVOKE_TOKEN);
        out.writeString(id);
      }
      case ControlCommand.DefineView(
              ViewGeneration view,
              String text,
              ViewStart start,
              ViewSwap swap) -> {
        out.writeByte(DEFINE_VIEW);
        write(view, out);
        out.writeString(text);
        out.writeLong(start.ordinal());
        out.writeLong(swap.ordinal());
      }
      case ControlCommand.SwapView(ViewGeneration view) -> {
        out.writeByte(SWAP_VIEW);
        write(view, out);
      }
      case ControlCommand.DropView(String name) -> {
        out.writeByte(DROP_VIEW);
        out.writeString(name);
      }
      case ControlCommand.NoteBackfill(ViewGeneration view, BackfillState state) -> {
        out.writeByte(NOTE_BACKFILL);
        write(view, out);
        out.writeLong(state.ordinal());
      }
      case ControlCommand.DefineTable(TableGeneration table, String text) -> {
        out.writeByte(DEFINE_TABLE);
        out.writeString(table.table());
        out.writeLong(table.number());
        out.writeString(text);
      }
      case ControlCommand.DropTable(String name) -> {
        out.writeByte(DROP_TABLE);
        out.writeString(name);
      }
    }
    return out.toBytes();
  }

  private static void write(AccessToken token, ByteWriter out) {
    out.writeString(token.id());
    out.writeString(token.name());
    out.writeString(token.hash());
    out.writeLong(token.role().ordinal());
    out.writeLong(token.expires().map(Instant::toEpochMilli).orElse(NEVER));
    out.writeBoolean(token.sites().isPresent());
    Set<SiteId> sites = token.sites().orElse(Set.of());
    out.writeLong(sites.size());
    sites.forEach(site -> out.writeString(site.value()));
  }

  private static void write(ViewGeneration view, ByteWriter out) {
    out.writeString(view.view());
    out.writeLong(view.number());
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
      case LIMIT_KEY -> new ControlCommand.LimitKey(in.readString(), readTexts(in));
      case ISSUE_TOKEN -> new ControlCommand.IssueToken(readToken(in));
      case REVOKE_TOKEN -> new ControlCommand.RevokeToken(in.readString());
      case REVOKE_KEY -> new ControlCommand.RevokeKey(in.readString());
      case DEFINE_VIEW ->
          new ControlCommand.DefineView(
              readView(in),
              in.readString(),
              read(in, ViewStart.values(), "start"),
              read(in, ViewSwap.values(), "swap"));
      case SWAP_VIEW -> new ControlCommand.SwapView(readView(in));
      case DROP_VIEW -> new ControlCommand.DropView(in.readString());
      case NOTE_BACKFILL ->
          new ControlCommand.NoteBackfill(
              readView(in), read(in, BackfillState.values(), "state of a backfill"));
      case DEFINE_TABLE ->
          new ControlCommand.DefineTable(
              new TableGeneration(in.readString(), in.readLong()), in.readString());
      case DROP_TABLE -> new ControlCommand.DropTable(in.readString());
      default -> throw new MalformedBytesException("no command has the number " + kind);
    };
  }

  private static AccessToken readToken(ByteReader in) {
    String id = in.readString();
    String name = in.readString();
    String hash = in.readString();
    TokenRole role = read(in, TokenRole.values(), "role");
    long expires = in.readLong();
    boolean isOfSites = in.readBoolean();
    Set<SiteId> sites = readTexts(in).stream().map(SiteId::new).collect(Collectors.toSet());
    return new AccessToken(
        id,
        name,
        hash,
        role,
        isOfSites ? Optional.of(sites) : Optional.empty(),
        expires == NEVER ? Optional.empty() : Optional.of(Instant.ofEpochMilli(expires)));
  }

  private static Set<String> readTexts(ByteReader in) {
    var texts = new HashSet<String>();
    int count = in.readLength();
    for (int i = 0; i < count; i++) {
      texts.add(in.readString());
    }
    return texts;
  }

  private static ViewGeneration readView(ByteReader in) {
    return new ViewGeneration(in.readString(), in.readLong());
  }

  private static Set<Permission> readPermissions(ByteReader in) {
    var permissions = EnumSet.noneOf(Permission.class);
    int count = in.readLength();
    for (int i = 0; i < count; i++) {
      permissions.add(read(in, Permission.values(), "permission"));
    }
    return permissions;
  }

  private static <T> T read(ByteReader in, T[] values, String what) {
    int ordinal = in.readInt();
    if (ordinal < 0 || ordinal >= values.length) {
      throw new MalformedBytesException("no " + what + " has the number " + ordinal);
    }
    return values[ordinal];
  }
}
