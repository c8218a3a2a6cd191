package io.millrace.testing.harness;

import io.millrace.model.ClickEvent;
import io.millrace.server.drill.proof.EventFacts;
import java.util.Optional;

/** What {@link FieldEnricher} finds out, said a second time. */
public final class FieldFacts implements EventFacts {

  @Override
  public Facts of(ClickEvent event) {
    return new Facts(
        event.agent().equals(FieldEnricher.ROBOT) ? Optional.of("agent list") : Optional.empty(),
        event.language(),
        event.screen(),
        event.agent(),
        event.title(),
        FieldEnricher.part(event.referrer(), 0),
        FieldEnricher.part(event.referrer(), 1),
        FieldEnricher.part(event.userId(), 0),
        FieldEnricher.part(event.userId(), 1),
        FieldEnricher.part(event.userId(), 2));
  }
}
