package io.millrace.streams.enrich;

import java.util.Locale;

/** The steps of {@link Enricher}, in their order, as they are named in metrics and records. */
public enum EnrichmentStep {
  AGENT,
  PAGE,
  CAMPAIGN,
  GEO,
  REFERRER,
  LOCALE,
  SCREEN;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The name in lower case. */
  public String label() {
    return label;
  }
}
