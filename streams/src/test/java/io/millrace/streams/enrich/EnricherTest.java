package io.millrace.streams.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.ClickEvent;
import io.millrace.model.Enrichment;
import io.millrace.model.EventType;
import io.millrace.model.SiteId;
import io.millrace.model.VisitorId;
import io.millrace.streams.judge.BotFinding;
import io.millrace.streams.judge.BotRule;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class EnricherTest {
  private static final GeoDatabase GEO = GeoDatabase.bundled();
  private static final Agent PHONE = Agent.person("Phone", "Safari", "iOS");

  private final Enricher enricher = enricher(userAgent -> PHONE);

  @Test
  void findsOutWhatAClickTells() {
    ClickEvent event =
        click(
            "https://Shop.example/shoes?utm_source=google&utm_medium=cpc&utm_campaign=may&utm_term=a&utm_content=b",
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
                "b"));
  }

  @Test
  void anEventThatTellsNothingIsEnrichedAllTheSame() {
    assertThat(enricher.enrich(click("", "", "", ""), Agent.UNKNOWN))
        .isEqualTo(new Enrichment("", "/", "", "", "", "", "", "direct", "", "", "", "", "", ""));
  }

  @Test
  void aBotIsNamedToTheJudge() {
    assertThat(enricher.bot(click("", "", "", ""))).contains(new BotFinding(BotRule.NO_AGENT, ""));
    assertThat(enricher.bot(click("", "", "", "A/1"))).isEmpty();
  }

  @Test
  void aStepThatFailsIsCountedAndLeavesItsFieldsEmpty() {
    Enricher failing =
        enricher(
            userAgent -> {
              throw new IllegalArgumentException(userAgent);
            });

    Enrichment enrichment = failing.enrich(click("https://shop.example/a", "", "8.8.8.0", "A/1"));

    assertThat(enrichment.device()).isEmpty();
    assertThat(enrichment.path()).isEqualTo("/a");
    assertThat(enrichment.country()).isEqualTo("US");
    assertThat(failing.failures(EnrichmentStep.AGENT)).isEqualTo(1);
    assertThat(failing.failures(EnrichmentStep.PAGE)).isZero();
  }

  @Test
  void aStepThatIsDrivenTooDeepIsAFailureLikeAnyOther() {
    Enricher failing =
        enricher(
            userAgent -> {
              throw new StackOverflowError();
            });

    assertThat(failing.agent("A/1")).isEqualTo(Agent.UNKNOWN);
    assertThat(failing.failures(EnrichmentStep.AGENT)).isEqualTo(1);
  }

  @Property(tries = 300)
  void enrichesAnyTexts(
      @ForAll String url, @ForAll String referrer, @ForAll String address, @ForAll String agent) {
    enricher.enrich(click(url, referrer, address, agent));

    for (EnrichmentStep step : EnrichmentStep.values()) {
      assertThat(enricher.failures(step)).as(step.label()).isZero();
    }
  }

  private static Enricher enricher(AgentParser parser) {
    return new Enricher(EnrichmentSources.of(new AgentClassifier(parser), GEO));
  }

  private static ClickEvent click(String url, String referrer, String address, String agent) {
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
        "",
        "",
        "",
        false);
  }
}
