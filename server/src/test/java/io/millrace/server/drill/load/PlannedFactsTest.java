package io.millrace.server.drill.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.ClickEvent;
import io.millrace.model.Enrichment;
import io.millrace.model.EventType;
import io.millrace.model.SiteId;
import io.millrace.model.VisitorId;
import io.millrace.server.drill.proof.EventFacts;
import io.millrace.streams.enrich.Enricher;
import io.millrace.streams.enrich.EnrichmentSources;
import org.junit.jupiter.api.Test;

/** What the plan says beforehand is what the enrichment finds out. */
class PlannedFactsTest {
  private static final String SITE = "run-shop";

  @Test
  void areWhatTheEnrichmentFinds() {
    try (EnrichmentSources sources = EnrichmentSources.load()) {
      sources.ready().join();
      var enricher = new Enricher(sources);
      for (Agent agent : Agent.values()) {
        for (Origin origin : Origin.values()) {
          for (Place place : Place.values()) {
            requireSame(event(agent, origin, place), enricher);
          }
        }
      }
    }
  }

  private static void requireSame(ClickEvent event, Enricher enricher) {
    EventFacts.Facts facts = new PlannedFacts().of(event);
    assertThat(enricher.bot(event).map(finding -> finding.rule().label()))
        .as(event.agent())
        .isEqualTo(facts.botReason());
    if (facts.botReason().isEmpty()) {
      Enrichment found = enricher.enrich(event);
      assertThat(
              new EventFacts.Facts(
                  facts.botReason(),
                  found.country(),
                  found.device(),
                  found.browser(),
                  found.operatingSystem(),
                  found.referrerMedium(),
                  found.referrerSource(),
                  found.utmSource(),
                  found.utmMedium(),
                  found.utmCampaign()))
          .isEqualTo(facts);
    }
  }

  private static ClickEvent event(Agent agent, Origin origin, Place place) {
    String query = origin.query().isEmpty() ? "" : '?' + origin.query();
    return new ClickEvent(
        "id",
        new SiteId(SITE),
        new VisitorId("v"),
        EventType.PAGE,
        "",
        "http://" + EventPlan.hostOf(SITE) + "/page-1" + query,
        origin.referrer(),
        "",
        "",
        "visitor-1",
        1_000,
        0,
        0,
        1_000,
        place.network(),
        agent.text(),
        "",
        "",
        "",
        false);
  }
}
