package io.millrace.streams.enrich;

import io.millrace.model.ClickEvent;
import io.millrace.model.Enrichment;

/**
 * What has been found out about one event so far. Every part is marked as failed until its step has
 * set it, so a step that fails need not be cleaned up after. For one thread.
 */
final class Findings {
  final ClickEvent event;

  /** Whether the times of this event's steps are taken. */
  final boolean timed;

  Agent agent = Agent.FAILED;
  PageUrl page = PageUrl.FAILED;
  Campaign campaign = Campaign.FAILED;
  Place place = Place.FAILED;
  Referrer referrer = Referrer.FAILED;
  VisitorLanguage language = VisitorLanguage.FAILED;
  String screenClass = Enrichment.FAILED;

  /** Bits of the steps that failed. */
  private int failed;

  Findings(ClickEvent event, boolean timed) {
    this.event = event;
    this.timed = timed;
  }

  void markFailed(EnrichmentStep step) {
    failed |= Step.bit(step);
  }

  /** Whether one of several steps failed. */
  boolean hasFailed(int steps) {
    return (failed & steps) != 0;
  }

  Enrichment enrichment() {
    return new Enrichment(
        page.host(),
        page.path(),
        place.country(),
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
        campaign.content(),
        place.region(),
        place.city(),
        agent.browserVersion(),
        agent.operatingSystemVersion(),
        language.language(),
        language.locale(),
        screenClass,
        campaign.clickIdentifier(),
        failed == 0 ? "" : failedSteps());
  }

  private String failedSteps() {
    var names = new StringBuilder();
    for (EnrichmentStep step : EnrichmentStep.values()) {
      if (hasFailed(Step.bit(step))) {
        names.append(names.isEmpty() ? "" : ",").append(step.label());
      }
    }
    return names.toString();
  }
}
