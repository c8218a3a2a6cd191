package io.millrace.streams.enrich;

import java.util.Locale;

/** The steps of {@link Enricher}, in their order, as they are named in metrics. */
public enum EnrichmentStep {
  PAGE,
  CAMPAIGN,
  COUNTRY,
  AGENT,
  REFERRER;

  /** The name in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
