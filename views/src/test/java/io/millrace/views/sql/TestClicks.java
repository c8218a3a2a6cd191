package io.millrace.views.sql;

import io.millrace.model.ClickEvent;
import io.millrace.model.EnrichedClick;
import io.millrace.model.Enrichment;
import io.millrace.model.EventType;
import io.millrace.model.SiteId;
import io.millrace.model.VisitorId;
import io.millrace.views.JudgedClick;
import java.time.Instant;

/** Clicks for tests of expressions. */
final class TestClicks {
  /** A Sunday. */
  static final long NOON = Instant.parse("2026-03-01T12:00:30Z").toEpochMilli();

  private TestClicks() {}

  /** One that counts, of {@code /cart2} in Germany by a phone. */
  static JudgedClick clickWith(String url, String properties) {
    var event =
        new ClickEvent(
            "id",
            new SiteId("demo"),
            new VisitorId("v"),
            EventType.TRACK,
            "purchase",
            url,
            "",
            "",
            "",
            "",
            NOON,
            0,
            0,
            NOON,
            "",
            "",
            "",
            "",
            properties,
            false);
    var enrichment =
        new Enrichment(
            "demo", "/cart2", "de", "Phone", "Firefox", "Android", "", "direct", "", "", "", "", "",
            "");
    return JudgedClick.counted(new EnrichedClick(event, enrichment), 3, 7, NOON);
  }
}
