package io.millrace.bench.micro;

import io.millrace.model.ClickEvent;
import io.millrace.model.Enrichment;
import io.millrace.model.EventType;
import io.millrace.model.SiteId;
import io.millrace.model.VisitorId;
import io.millrace.streams.enrich.Agent;
import io.millrace.streams.enrich.Enricher;
import io.millrace.streams.enrich.EnrichmentSources;
import io.millrace.streams.enrich.GeoDatabase;
import io.millrace.streams.enrich.PageUrl;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What stage 1 finds out about a click. Page, country and agent are measured alone. Campaign and
 * referrer are not open to others than the enricher: what they cost is the difference between a
 * click that has one and the plain click, which has neither.
 */
@State(Scope.Thread)
public class EnrichmentSteps {
  private static final String PAGE = "https://shop.example/section-7/page-42";
  private static final String CAMPAIGN =
      "?utm_source=newsletter&utm_medium=email&utm_campaign=spring";
  private static final String AGENT =
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/";

  private final GeoDatabase geo = GeoDatabase.bundled();
  private final Enricher enricher = new Enricher(EnrichmentSources.load());
  private final ClickEvent plain = click(PAGE, "");
  private final ClickEvent withCampaign = click(PAGE + CAMPAIGN, "");
  private final ClickEvent withReferrer = click(PAGE, "https://www.google.com/search?q=rivers");
  private final List<ClickEvent> clicks = ClickSample.clicks();
  private final Agent agent = enricher.agent(plain.agent());
  private int next;

  private static ClickEvent click(String url, String referrer) {
    return new ClickEvent(
        "click-1",
        new SiteId("shop.example"),
        VisitorId.hashOf("visitor".getBytes(StandardCharsets.UTF_8)),
        EventType.PAGE,
        "",
        url,
        referrer,
        "A walk along a river in spring",
        "",
        "",
        1,
        1,
        1,
        1,
        "79.200.17.0",
        AGENT + "142.0.0.0 Safari/537.36",
        "de-DE",
        "1920x1080",
        "",
        false);
  }

  @Benchmark
  public PageUrl page() {
    return PageUrl.of(withCampaign.url());
  }

  @Benchmark
  public String country() {
    return geo.country(clicks.get(nextNumber()).address());
  }

  @Benchmark
  public Agent agentSeenBefore() {
    return enricher.agent(clicks.get(nextNumber()).agent());
  }

  /** A version that nobody has had yet: each is another text. */
  @Benchmark
  public Agent agentNeverSeen() {
    next++;
    return enricher.agent(AGENT + next % 200 + ".0." + next + ".0 Safari/537.36");
  }

  @Benchmark
  public Enrichment plainClickOfKnownAgent() {
    return enricher.enrich(plain, agent);
  }

  @Benchmark
  public Enrichment clickWithCampaignOfKnownAgent() {
    return enricher.enrich(withCampaign, agent);
  }

  @Benchmark
  public Enrichment clickWithReferrerOfKnownAgent() {
    return enricher.enrich(withReferrer, agent);
  }

  /** As stage 1 does it, over many clicks. */
  @Benchmark
  public Enrichment allSteps() {
    return enricher.enrich(clicks.get(nextNumber()));
  }

  private int nextNumber() {
    next++;
    return next % ClickSample.SIZE;
  }
}
