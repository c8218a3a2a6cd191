package io.millrace.streams.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.ClickEvent;
import io.millrace.model.Enrichment;
import io.millrace.model.EventType;
import io.millrace.model.SiteId;
import io.millrace.model.VisitorId;
import io.millrace.streams.judge.BotFinding;
import io.millrace.streams.judge.BotRule;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnricherTest {
  private static final GeoDatabase GEO = GeoDatabase.bundled();
  private static final Agent PHONE = Agent.person("Phone", "Safari", "26", "iOS", "18");

  private final Enricher enricher = enricher((userAgent, hints) -> PHONE);

  @Test
  void findsOutWhatAClickTells() {
    ClickEvent event =
        click(
            "https://Shop.example/shoes?utm_source=google&utm_medium=cpc&utm_campaign=may&utm_term=a&utm_content=b&gclid=who",
            "https://www.google.de/",
            "83.149.9.0",
            "A/1");

    assertThat(enricher.enrich(event))
        .isEqualTo(
            new Enrichment(
                "shop.example",
                "/shoes",
                "RU",
                "Phone",
                "Safari",
                "iOS",
                "www.google.de",
                "paid",
                "Google",
                "google",
                "cpc",
                "may",
                "a",
                "b",
                "",
                "",
                "26",
                "18",
                "de",
                "de-DE",
                "laptop",
                "gclid",
                ""));
  }

  @Test
  void anEventThatTellsNothingIsEnrichedAllTheSame() {
    assertThat(enricher.enrich(withoutLanguageAndScreen("millrace-import")))
        .isEqualTo(new Enrichment("", "/", "", "", "", "", "", "direct", "", "", "", "", "", ""));
  }

  @Test
  void aBotIsNamedToTheJudge() {
    assertThat(enricher.bot(click("", "", "", ""))).contains(new BotFinding(BotRule.NO_AGENT, ""));
    assertThat(enricher.bot(click("", "", "", "A/1"))).isEmpty();
  }

  @Test
  void aStepThatFailsIsCountedAndMarksItsFieldsAlone() {
    Enricher failing =
        enricher(
            (userAgent, hints) -> {
              throw new IllegalArgumentException(userAgent);
            });

    Enrichment enrichment = failing.enrich(click("https://shop.example/a", "", "8.8.8.0", "A/1"));

    assertThat(enrichment.device()).isEqualTo(Enrichment.FAILED);
    assertThat(enrichment.operatingSystemVersion()).isEqualTo(Enrichment.FAILED);
    assertThat(enrichment.failedSteps()).isEqualTo("agent");
    assertThat(enrichment.path()).isEqualTo("/a");
    assertThat(enrichment.country()).isEqualTo("US");
    assertThat(enrichment.city()).isEmpty();
    assertThat(failing.failures(EnrichmentStep.AGENT)).isEqualTo(1);
    assertThat(failing.failures(EnrichmentStep.PAGE)).isZero();
  }

  @Test
  void aDatabaseThatIsDamagedInOnePlaceFailsThere(@TempDir Path folder) throws IOException {
    Enricher failing =
        new Enricher(
            EnrichmentSources.of(
                new AgentClassifier((userAgent, hints) -> PHONE), damagedAtGoogle(folder)));

    Enrichment damaged = failing.enrich(click("https://shop.example/a", "", "8.8.8.0", "A/1"));
    Enrichment whole = failing.enrich(click("https://shop.example/a", "", "5.9.0.0", "A/1"));
    Enrichment unknown = failing.enrich(click("https://shop.example/a", "", "1.1.1.0", "A/1"));

    assertThat(damaged.country()).isEqualTo(Enrichment.FAILED);
    assertThat(damaged.city()).isEqualTo(Enrichment.FAILED);
    assertThat(damaged.failedSteps()).isEqualTo("geo");
    assertThat(damaged.path()).isEqualTo("/a");
    assertThat(whole.country()).isEqualTo("DE");
    assertThat(unknown.country()).isEmpty();
    assertThat(unknown.failedSteps()).isEmpty();
  }

  @Test
  void aStepThatIsDrivenTooDeepIsAFailureLikeAnyOther() {
    Enricher failing =
        enricher(
            (userAgent, hints) -> {
              throw new StackOverflowError();
            });

    assertThat(failing.bot(click("", "", "", "A/1"))).isEmpty();
    assertThat(failing.failures(EnrichmentStep.AGENT)).isEqualTo(1);
  }

  @Test
  void whatNeedsAFailedStepFailsWithIt() {
    var found = new Findings(click("", "", "", "A/1"), false);
    Step campaign = Step.of(EnrichmentStep.CAMPAIGN, findings -> {}).after(EnrichmentStep.PAGE);

    assertThat(found.hasFailed(campaign.needs())).isFalse();
    found.markFailed(EnrichmentStep.GEO);
    assertThat(found.hasFailed(campaign.needs())).isFalse();
    found.markFailed(EnrichmentStep.PAGE);
    assertThat(found.hasFailed(campaign.needs())).isTrue();
    assertThat(found.enrichment().failedSteps()).isEqualTo("page,geo");
  }

  @Test
  void theAgentIsLookedUpOnceForTheJudgeAndTheRecord() {
    var lookUps = new AtomicInteger();
    Enricher failing =
        enricher(
            (userAgent, hints) -> {
              lookUps.incrementAndGet();
              // Failures are not remembered, so each look-up asks here.
              throw new IllegalArgumentException(userAgent);
            });
    ClickEvent event = click("", "", "", "A/1");
    ClickEvent equal = click("", "", "", "A/1");

    failing.bot(event);
    failing.enrich(event);
    assertThat(lookUps).hasValue(1);

    failing.bot(event);
    failing.enrich(equal);
    assertThat(lookUps).hasValue(3);
    failing.enrich(event);
    assertThat(lookUps).hasValue(4);
  }

  @Test
  void theStepsOfOneEventInManyAreTimed() {
    var timed = new ConcurrentHashMap<EnrichmentStep, Integer>();
    var timing =
        new Enricher(
            EnrichmentSources.of(new AgentClassifier((userAgent, hints) -> PHONE), GEO),
            (step, nanos) -> {
              assertThat(nanos).isNotNegative();
              timed.merge(step, 1, Integer::sum);
            });
    ClickEvent event = click("https://shop.example/a", "", "8.8.8.0", "A/1");
    int events = 200 * Enricher.EVENTS_PER_TIMED;

    for (int i = 0; i < events; i++) {
      timing.bot(event);
      timing.enrich(event);
    }

    assertThat(timed).containsOnlyKeys(EnrichmentStep.values());
    // 200 are expected with a standard deviation of 14.
    assertThat(timed.values()).allMatch(times -> times > 100 && times < 300);
  }

  @Property(tries = 300)
  void enrichesAnyTexts(
      @ForAll String url, @ForAll String referrer, @ForAll String address, @ForAll String agent) {
    enricher.enrich(click(url, referrer, address, agent));
    enricher.enrich(click(url, referrer, address, agent, url, referrer));

    for (EnrichmentStep step : EnrichmentStep.values()) {
      assertThat(enricher.failures(step)).as(step.label()).isZero();
    }
  }

  private static GeoDatabase damagedAtGoogle(Path folder) throws IOException {
    Path file = folder.resolve("geo.mmdb");
    new MmdbWriter(Instant.EPOCH)
        .with("5.9.0.0", 24, Map.of("country_code", "DE"))
        .with("8.8.8.0", 24, "not what a network has")
        .writeTo(file);
    return GeoDatabase.map(file);
  }

  private static Enricher enricher(AgentParser parser) {
    return new Enricher(EnrichmentSources.of(new AgentClassifier(parser), GEO));
  }

  private static ClickEvent click(String url, String referrer, String address, String agent) {
    return click(url, referrer, address, agent, "de-DE", "1366x768");
  }

  private static ClickEvent withoutLanguageAndScreen(String agent) {
    return click("", "", "", agent, "", "");
  }

  private static ClickEvent click(
      String url, String referrer, String address, String agent, String language, String screen) {
    return new ClickEvent(
        "1",
        new SiteId("shop"),
        new VisitorId("v"),
        EventType.PAGE,
        "",
        url,
        referrer,
        "",
        "",
        "",
        0,
        0,
        0,
        0,
        address,
        agent,
        language,
        screen,
        "",
        false);
  }
}
