package io.millrace.streams.judge;

import io.millrace.model.ClickEvent;
import io.millrace.model.Enrichment;

/** Finds out what can be known about a click. Never throws for any event. */
public interface ClickEnricher extends BotDetector {

  Enrichment enrich(ClickEvent event);
}
