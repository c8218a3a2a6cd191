package io.millrace.streams.enrich;

import io.millrace.model.ClickEvent;
import io.millrace.model.Enrichment;
import io.millrace.streams.judge.BotFinding;
import io.millrace.streams.judge.ClickEnricher;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what a click tells about itself: page, campaign, country, agent, referrer.
 *
 * <p>No event is lost for want of a field: a step that fails is counted and leaves its fields
 * empty, whatever text the event holds. Only sources that cannot be loaded at all are a failure.
 *
 * <p>Holds nothing of any event; one is shared by all stream threads.
 */
public final class Enricher implements ClickEnricher {
  private static final Logger LOG = LoggerFactory.getLogger(Enricher.class);

  private final EnrichmentSources sources;
  private final CampaignReader campaigns = CampaignReader.bundled();
  private final ReferrerClassifier referrers = ReferrerClassifier.bundled(campaigns);
  private final Map<EnrichmentStep, LongAdder> failures = new EnumMap<>(EnrichmentStep.class);

  public Enricher(EnrichmentSources sources) {
    this.sources = sources;
    for (EnrichmentStep step : EnrichmentStep.values()) {
      failures.put(step, new LongAdder());
    }
  }

  /**
   * Who sent an event, person or bot; asked before an event is judged.
   *
   * @throws IllegalStateException if the rules for agents could not be loaded
   */
  public Agent agent(String userAgent) {
    AgentClassifier agents = sources.agents();
    return attempt(EnrichmentStep.AGENT, Agent.UNKNOWN, () -> agents.classify(userAgent));
  }

  @Override
  public Optional<BotFinding> bot(ClickEvent event) {
    return agent(event.agent()).bot();
  }

  /**
   * Enriches one event.
   *
   * @throws IllegalStateException if a source could not be loaded
   */
  @Override
  public Enrichment enrich(ClickEvent event) {
    return enrich(event, agent(event.agent()));
  }

  /** Enriches one event whose agent is known already. */
  public Enrichment enrich(ClickEvent event, Agent agent) {
    PageUrl page = page(event);
    Campaign campaign = campaign(page);
    String country = country(event);
    Referrer referrer = referrer(event, page, campaign);
    return new Enrichment(
        page.host(),
        page.path(),
        country,
        agent.deviceClass(),
        agent.browser(),
        agent.operatingSystem(),
        referrer.host(),
        referrer.medium().label(),
        referrer.source(),
        campaign.source(),
        campaign.medium(),
        campaign.name(),
        campaign.term(),
        campaign.content());
  }

  /** How many events a step has failed for since the start. */
  public long failures(EnrichmentStep step) {
    return counter(step).sum();
  }

  private PageUrl page(ClickEvent event) {
    return attempt(EnrichmentStep.PAGE, PageUrl.NONE, () -> PageUrl.of(event.url()));
  }

  private Campaign campaign(PageUrl page) {
    return attempt(EnrichmentStep.CAMPAIGN, Campaign.NONE, () -> campaigns.read(page));
  }

  private String country(ClickEvent event) {
    GeoDatabase geo = sources.geo();
    return attempt(EnrichmentStep.COUNTRY, "", () -> geo.country(event.address()));
  }

  private Referrer referrer(ClickEvent event, PageUrl page, Campaign campaign) {
    return attempt(
        EnrichmentStep.REFERRER,
        Referrer.NONE,
        () -> referrers.classify(event.referrer(), page, campaign));
  }

  /** A parser that a hostile text drives too deep is a failed step like any other. */
  private <T> T attempt(EnrichmentStep step, T empty, Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException | StackOverflowError failure) {
      counter(step).increment();
      LOG.atTrace()
          .addKeyValue("step", step.label())
          .addKeyValue("failure", failure.getClass().getName())
          .log("A step of enrichment failed");
      return empty;
    }
  }

  private LongAdder counter(EnrichmentStep step) {
    return Objects.requireNonNull(failures.get(step));
  }
}
