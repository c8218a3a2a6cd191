package io.millrace.testing.fuzz;

import io.millrace.model.ClickEvent;
import io.millrace.model.Enrichment;
import io.millrace.model.EventType;
import io.millrace.model.Outcome;
import io.millrace.model.RejectedClick;
import io.millrace.model.Session;
import io.millrace.model.SessionId;
import io.millrace.model.SessionSource;
import io.millrace.model.SiteId;
import io.millrace.model.VisitorId;
import io.millrace.model.codec.ClickEventCodec;
import io.millrace.model.codec.Decoded;
import io.millrace.model.codec.EnrichedClickCodec;
import io.millrace.model.codec.RejectedClickCodec;
import io.millrace.model.codec.SessionCodec;
import io.millrace.model.control.ControlCommand;
import io.millrace.model.control.ControlCommandCodec;
import io.millrace.model.control.InactivityChange;
import io.millrace.model.control.Permission;
import io.millrace.model.control.TableGeneration;
import io.millrace.model.control.ViewGeneration;
import io.millrace.model.control.ViewStart;
import io.millrace.model.control.ViewSwap;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Records of topics that others may write into. What is read is written the same again. */
final class RecordTargets {
  private static final SiteId SITE = new SiteId("shop.example");
  private static final VisitorId VISITOR = new VisitorId("AAAAAAAAAAAAAAAAAAAAAA");

  static final Enrichment FOUND =
      new Enrichment(
          "shop.example",
          "/cart",
          "GB",
          "desktop",
          "Chrome",
          "Linux",
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          "");

  private RecordTargets() {}

  static List<FuzzTarget> all() {
    byte[] click = ClickEventCodec.encode(click());
    return List.of(
        record("click", ClickEventCodec::decode, ClickEventCodec::encode, click),
        FuzzTarget.of(
            "enriched-click", RecordTargets::enriched, EnrichedClickCodec.encode(click, FOUND)),
        FuzzTarget.of(
            "rejected-click",
            RecordTargets::rejected,
            RejectedClickCodec.encode(
                new RejectedClick(Outcome.LATE, "too late", 3, 17, 1_772_366_340_000L, click))),
        record(
            "session", SessionCodec::decode, SessionCodec::encode, SessionCodec.encode(session())),
        record(
            "control",
            ControlCommandCodec::decode,
            ControlCommandCodec::encode,
            commands().map(ControlCommandCodec::encode).toArray(byte[][]::new)));
  }

  private static <T> FuzzTarget record(
      String name,
      Function<byte[], Decoded<T>> decode,
      Function<T, byte[]> encode,
      byte[]... seeds) {
    return FuzzTarget.of(
        name,
        bytes -> {
          if (decode.apply(bytes) instanceof Decoded.Value<T>(T value)) {
            Require.same(
                new Decoded.Value<>(value), decode.apply(encode.apply(value)), "written again");
          }
        },
        seeds);
  }

  private static void enriched(byte[] bytes) {
    if (EnrichedClickCodec.decode(bytes)
        instanceof Decoded.Value<io.millrace.model.EnrichedClick>(var value)) {
      byte[] again =
          EnrichedClickCodec.encode(ClickEventCodec.encode(value.click()), value.enrichment());
      Require.same(new Decoded.Value<>(value), EnrichedClickCodec.decode(again), "written again");
    }
  }

  /** A record of it holds an array, which is equal to none. */
  private static void rejected(byte[] bytes) {
    if (RejectedClickCodec.decode(bytes) instanceof Decoded.Value<RejectedClick>(var value)) {
      byte[] once = RejectedClickCodec.encode(value);
      byte[] twice = RejectedClickCodec.encode(RejectedClickCodec.decode(once).orThrow());
      Require.that(Arrays.equals(once, twice), "written again");
    }
  }

  static ClickEvent click() {
    return new ClickEvent(
        "a-1",
        SITE,
        VISITOR,
        EventType.PAGE,
        "",
        "https://shop.example/cart?x=ü",
        "https://www.google.com/",
        "Cart",
        "",
        "v",
        1_772_366_340_000L,
        1_772_366_340_000L,
        0,
        1_772_366_341_000L,
        "203.0.113.0",
        "Mozilla/5.0",
        "en-GB",
        "1920x1080",
        "{\"price\":19.99}",
        true);
  }

  private static Session session() {
    return new Session(
        new SessionId("s-1"),
        SITE,
        VISITOR,
        2,
        "",
        1_772_366_340_000L,
        1_772_366_440_000L,
        7,
        3,
        "/",
        "/cart",
        new SessionSource("search", "Google", "", "", ""));
  }

  private static Stream<ControlCommand> commands() {
    var view = new ViewGeneration("mine", 2);
    return Stream.of(
        new ControlCommand.RegisterSite(SITE, "Shop"),
        new ControlCommand.IssueKey("hash", SITE, EnumSet.allOf(Permission.class)),
        new ControlCommand.RevokeKey("hash"),
        new ControlCommand.ChangeInactivity(
            SITE, new InactivityChange(Duration.ofMinutes(30), 1_772_366_340_000L)),
        new ControlCommand.DefineView(
            view, "CREATE MATERIALIZED VIEW mine", ViewStart.values()[0], ViewSwap.values()[0]),
        new ControlCommand.SwapView(view),
        new ControlCommand.DropView("mine"),
        new ControlCommand.DefineTable(new TableGeneration("plans", 1), "CREATE TABLE plans"),
        new ControlCommand.DropTable("plans"));
  }
}
