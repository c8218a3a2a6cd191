package io.millrace.server.drill.load;

import io.millrace.model.ClickEvent;
import io.millrace.server.drill.proof.EventFacts;
import java.net.URI;

/** What is known of the events of an {@link EventPlan}, found again in the log. */
public final class PlannedFacts implements EventFacts {

  @Override
  public Facts of(ClickEvent event) {
    Agent agent = Agent.of(event.agent());
    String query = URI.create(event.url()).getRawQuery();
    Origin origin = Origin.of(event.referrer(), query == null ? "" : query);
    return new Facts(
        agent.botReason(),
        Place.of(event.address()).country(),
        agent.device(),
        agent.browser(),
        agent.system(),
        origin.medium(),
        origin.source(),
        origin.campaignSource(),
        origin.campaignMedium(),
        origin.campaign());
  }
}
