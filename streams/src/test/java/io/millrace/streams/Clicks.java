package io.millrace.streams;

import io.millrace.model.ClickEvent;
import io.millrace.model.Enrichment;
import io.millrace.model.EventType;
import io.millrace.model.SiteId;
import io.millrace.model.VisitorId;
import io.millrace.streams.judge.BotFinding;
import io.millrace.streams.judge.BotRule;
import io.millrace.streams.judge.ClickEnricher;
import java.util.Optional;

/** Events and an enricher for tests. */
public final class Clicks {
  public static final long NOW = 1_770_000_000_000L;

  private Clicks() {}

  public static ClickEvent click(String id, String visitor, String path) {
    return click(id, visitor, path, NOW, "Firefox", false);
  }

  public static ClickEvent click(
      String id, String visitor, String path, long time, String agent, boolean backfill) {
    return new ClickEvent(
        id,
        new SiteId("demo"),
        new VisitorId(visitor),
        EventType.PAGE,
        "",
        "http://demo" + path,
        "",
        "",
        "",
        "",
        time,
        0,
        0,
        NOW,
        "",
        agent,
        "",
        "",
        "",
        backfill);
  }

  /** Takes the path from the URL, and an agent with "bot" in it for a robot. */
  public static ClickEnricher enricher() {
    return new ClickEnricher() {
      @Override
      public Enrichment enrich(ClickEvent event) {
        return new Enrichment(
            "demo",
            event.url().substring("http://demo".length()),
            "DE",
            "Phone",
            event.agent(),
            "Android",
            "",
            "direct",
            "",
            "",
            "",
            "",
            "",
            "");
      }

      @Override
      public Optional<BotFinding> bot(ClickEvent event) {
        return event.agent().contains("bot")
            ? Optional.of(new BotFinding(BotRule.AGENT_LIST, "robot"))
            : Optional.empty();
      }
    };
  }
}
