package io.millrace.model;

/** Events for tests: one that is complete, to be varied. */
public final class Events {

  private Events() {}

  public static ClickEvent event(String id, String visitor, String url) {
    return new ClickEvent(
        id,
        new SiteId("demo"),
        new VisitorId(visitor),
        EventType.PAGE,
        "",
        url,
        "https://www.google.com/",
        "Title — ü",
        "",
        "",
        1_700_000_000_000L,
        1_700_000_000_000L,
        1_700_000_000_500L,
        1_700_000_000_600L,
        "83.149.9.0",
        "Mozilla/5.0",
        "en-GB",
        "1920x1080",
        "{\"plan\":\"pro\"}",
        false);
  }
}
