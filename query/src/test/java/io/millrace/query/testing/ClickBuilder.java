package io.millrace.query.testing;

import io.millrace.model.ClickEvent;
import io.millrace.model.EnrichedClick;
import io.millrace.model.Enrichment;
import io.millrace.model.EventType;
import io.millrace.model.Outcome;
import io.millrace.model.SiteId;
import io.millrace.model.VisitorId;
import io.millrace.views.FeedClick;
import io.millrace.views.JudgedClick;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Clicks of the site demo, of which a test says only what it is about. */
public final class ClickBuilder {
  private static final AtomicLong OFFSETS = new AtomicLong();

  private String site = "demo";
  private String visitor = "ada";
  private Instant time = Instant.parse("2026-11-01T10:00:00Z");
  private EventType type = EventType.PAGE;
  private String path = "/";
  private String query = "";
  private String country = "SE";
  private String properties = "";

  private ClickBuilder() {}

  public static ClickBuilder aClick() {
    return new ClickBuilder();
  }

  public ClickBuilder site(String value) {
    site = value;
    return this;
  }

  public ClickBuilder visitor(String value) {
    visitor = value;
    return this;
  }

  public ClickBuilder at(String value) {
    return at(Instant.parse(value));
  }

  public ClickBuilder at(Instant value) {
    time = value;
    return this;
  }

  public ClickBuilder type(EventType value) {
    type = value;
    return this;
  }

  public ClickBuilder path(String value) {
    path = value;
    return this;
  }

  public ClickBuilder query(String value) {
    query = value;
    return this;
  }

  public ClickBuilder country(String value) {
    country = value;
    return this;
  }

  /** As JSON. */
  public ClickBuilder properties(String value) {
    properties = value;
    return this;
  }

  public JudgedClick counted() {
    return JudgedClick.counted(
        new EnrichedClick(event(), enrichment()),
        0,
        OFFSETS.getAndIncrement(),
        event().receivedTime());
  }

  public JudgedClick rejected(Outcome outcome, String reason) {
    return JudgedClick.rejected(
        outcome, reason, event(), 0, OFFSETS.getAndIncrement(), event().receivedTime());
  }

  public FeedClick inFeed() {
    return new FeedClick(event(), Optional.of(enrichment()), Outcome.COUNTED, "");
  }

  public FeedClick rejectedInFeed(Outcome outcome, String reason) {
    return new FeedClick(event(), Optional.empty(), outcome, reason);
  }

  private ClickEvent event() {
    long millis = time.toEpochMilli();
    return new ClickEvent(
        "id-" + OFFSETS.get(),
        new SiteId(site),
        new VisitorId(visitor),
        type,
        "",
        "https://demo.example" + path + query,
        "https://search.example/",
        "A page",
        "user-of-the-site",
        "anonymous-id",
        millis,
        millis,
        millis,
        millis,
        "192.0.2.0",
        "a browser's name",
        "en",
        "1920x1080",
        properties,
        false);
  }

  private Enrichment enrichment() {
    return new Enrichment(
        "demo.example",
        path,
        country,
        "Desktop",
        "Firefox",
        "Linux",
        "search.example",
        "search",
        "Search",
        "",
        "",
        "",
        "",
        "");
  }
}
