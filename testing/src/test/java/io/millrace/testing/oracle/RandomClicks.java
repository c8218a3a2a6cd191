package io.millrace.testing.oracle;

import io.millrace.model.ClickEvent;
import io.millrace.model.EventType;
import io.millrace.model.SiteId;
import io.millrace.model.VisitorId;
import io.millrace.testing.harness.FieldEnricher;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Events with everything that makes counting hard: sent twice, out of order, too late, of the
 * future, of robots, in many writings, with properties that are absent, null, or not what they
 * should be. No two that happened at the same time, so that each session has one first event.
 */
final class RandomClicks {
  static final Instant BEGIN = Instant.parse("2026-10-30T22:00:00Z");
  static final List<String> SITES = List.of("demo", "other");

  private static final Duration SPAN = Duration.ofHours(40);
  private static final List<String> PATHS =
      List.of("/", "/a", "/b", "/a/b", "/ä日", "/it's", "/A", "/shop/7", "/shop/8");
  private static final List<String> NAMES = List.of("", "add", "buy", "Möbel", "日本語", "🛒", "a|b");
  private static final List<String> PLANS =
      List.of("\"gold\"", "\"silver\"", "\"\"", "null", "7", "true", "\"日本\"", "{\"a\":1}", "[1]");
  private static final List<String> TOTALS =
      List.of("19.99", "0.005", "-3.5", "\"12.50\"", "1e3", "null", "\"much\"", "0", "2.345", "{}");

  /** None that is there and no number: around a cast that fails, COALESCE does not help. */
  private static final List<String> SIZES =
      List.of("1", "7", "\"42\"", "2.5", "3.5", "null", "100000");

  private final Chance chance;
  private final Set<Long> times = new HashSet<>();

  RandomClicks(Chance chance) {
    this.chance = chance;
  }

  /** Some, in the order in which they are received. */
  List<ClickEvent> some(int count) {
    List<ClickEvent> clicks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Instant received = BEGIN.plusMillis(SPAN.toMillis() * i / count);
      boolean isSentAgain = i > 0 && chance.onceIn(10);
      clicks.add(isSentAgain ? again(chance.oneOf(clicks), received) : click("id-" + i, received));
    }
    return clicks;
  }

  private ClickEvent click(String id, Instant received) {
    EventType type = chance.onceIn(3) ? EventType.TRACK : EventType.PAGE;
    return new ClickEvent(
        id,
        new SiteId(chance.onceIn(4) ? "other" : "demo"),
        new VisitorId("v" + chance.below(25)),
        type,
        chance.oneOf(NAMES),
        "https://shop.example"
            + chance.oneOf(PATHS)
            + (chance.onceIn(2) ? "?item=" + chance.below(1_000) : ""),
        chance.oneOf("search/Google", "social/X", "direct/", ""),
        chance.oneOf("Linux", "iOS", ""),
        chance.oneOf("letter/email/spring", "//", ""),
        "",
        unused(happened(received)),
        0,
        0,
        received.toEpochMilli(),
        "",
        chance.onceIn(15) ? FieldEnricher.ROBOT : chance.oneOf("Firefox", "Safari", ""),
        chance.oneOf("SE", "DE", "日本", ""),
        chance.oneOf("Phone", "Desktop", ""),
        properties(),
        chance.onceIn(20));
  }

  private static ClickEvent again(ClickEvent click, Instant received) {
    return new ClickEvent(
        click.id(),
        click.site(),
        click.visitor(),
        click.type(),
        click.name(),
        click.url(),
        click.referrer(),
        click.title(),
        click.userId(),
        click.anonymousId(),
        click.time(),
        click.clientTime(),
        click.sentTime(),
        received.toEpochMilli(),
        click.address(),
        click.agent(),
        click.language(),
        click.screen(),
        click.properties(),
        click.backfill());
  }

  private Instant happened(Instant received) {
    return switch (chance.below(12)) {
      case 0 -> received.minus(Duration.ofMinutes(chance.below(36 * 60)));
      case 1 -> received.minus(Duration.ofMinutes(72 * 60 - 10 + chance.below(20)));
      case 2 -> received.plus(Duration.ofSeconds(chance.below(600)));
      case 3, 4, 5 -> received.minus(Duration.ofMinutes(chance.below(90)));
      default -> received.minusMillis(chance.below(5_000));
    };
  }

  private long unused(Instant time) {
    long millis = time.toEpochMilli();
    while (!times.add(millis)) {
      millis++;
    }
    return millis;
  }

  private String properties() {
    if (chance.onceIn(6)) {
      return "";
    }
    List<String> parts = new ArrayList<>();
    if (!chance.onceIn(4)) {
      parts.add("\"plan\":" + chance.oneOf(PLANS));
    }
    if (!chance.onceIn(4)) {
      parts.add("\"order\":{\"id\":1,\"total\":" + chance.oneOf(TOTALS) + "}");
    }
    if (!chance.onceIn(4)) {
      parts.add("\"size\":" + chance.oneOf(SIZES));
    }
    return "{" + String.join(",", parts) + "}";
  }
}
