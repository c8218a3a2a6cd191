package io.millrace.bench.micro;

import io.millrace.model.ClickEvent;
import io.millrace.model.Enrichment;
import io.millrace.model.EventType;
import io.millrace.model.SiteId;
import io.millrace.model.VisitorId;
import io.millrace.streams.enrich.Enricher;
import io.millrace.streams.enrich.EnrichmentSources;
import io.millrace.streams.enrich.PageUrl;
import io.millrace.streams.judge.BotFinding;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What stage 1 finds out about a click. Page and agent are measured alone. The other steps are not
 * open to others than the enricher: what campaign and referrer cost is the difference between a
 * click that has one and the plain click, which has neither.
 */
@State(Scope.Thread)
public class EnrichmentSteps {
  private static final String PAGE = "https://shop.example/section-7/page-42";
  private static final String CAMPAIGN =
      "?utm_source=newsletter&utm_medium=email&utm_campaign=spring";
  private static final String AGENT =
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/";

  private final Enricher enricher = new Enricher(EnrichmentSources.load());
  private final ClickEvent plain = click(PAGE, "");
  private final ClickEvent withCampaign = click(PAGE + CAMPAIGN, "");
  private final ClickEvent withReferrer = click(PAGE, "https://www.google.com/search?q=rivers");
  private final List<ClickEvent> clicks = ClickSample.clicks();
  private int next;

  private static ClickEvent click(String url, String referrer) {
    return click(url, referrer, AGENT + "142.0.0.0 Safari/537.36");
  }

  private static ClickEvent click(String url, String referrer, String agent) {
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
        agent,
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
  public Optional<BotFinding> agentSeenBefore() {
    return enricher.bot(clicks.get(nextNumber()));
  }

  /** A version that nobody has had yet: each is another text. */
  @Benchmark
  public Optional<BotFinding> agentNeverSeen() {
    next++;
    return enricher.bot(click(PAGE, "", AGENT + next % 200 + ".0." + next + ".0 Safari/537.36"));
  }

  @Benchmark
  public Enrichment plainClick() {
    return enricher.enrich(plain);
  }

  @Benchmark
  public Enrichment clickWithCampaign() {
    return enricher.enrich(withCampaign);
  }

  @Benchmark
  public Enrichment clickWithReferrer() {
    return enricher.enrich(withReferrer);
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
