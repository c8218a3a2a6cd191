package io.millrace.server.drill.proof;

import io.millrace.model.ClickEvent;
import java.util.Optional;

/** What is known beforehand of what the enrichment finds out about events, by whoever made them. */
@FunctionalInterface
public interface EventFacts {

  Facts of(ClickEvent event);

  /**
   * What must be found out about an event.
   *
   * @param botReason why it is a bot's, if it is
   */
  record Facts(
      Optional<String> botReason,
      String country,
      String device,
      String browser,
      String operatingSystem,
      String medium,
      String source,
      String campaignSource,
      String campaignMedium,
      String campaign) {}
}
