package io.millrace.streams.enrich;

import io.millrace.model.Enrichment;

/**
 * The language of a visitor.
 *
 * @param language by ISO 639, such as {@code de}; empty if it is unknown
 * @param locale with the region where one is told, such as {@code de-DE}
 */
record VisitorLanguage(String language, String locale) {

  static final VisitorLanguage UNKNOWN = new VisitorLanguage("", "");

  /** A reading that failed. */
  static final VisitorLanguage FAILED = new VisitorLanguage(Enrichment.FAILED, Enrichment.FAILED);
}
