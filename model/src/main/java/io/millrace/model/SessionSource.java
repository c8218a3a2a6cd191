package io.millrace.model;

/**
 * Where a session came from: what the {@link Enrichment} of its first event says. An unknown value
 * is the empty text.
 *
 * @param referrerMedium see {@link Enrichment#referrerMedium}
 * @param referrerSource see {@link Enrichment#referrerSource}
 */
public record SessionSource(
    String referrerMedium,
    String referrerSource,
    String utmSource,
    String utmMedium,
    String utmCampaign) {
  public static final SessionSource UNKNOWN = new SessionSource("", "", "", "", "");
}
