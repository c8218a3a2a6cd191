package io.millrace.streams.enrich;

import io.millrace.model.Enrichment;

/**
 * Where a visitor came from.
 *
 * @param host of the referring page; empty if there is none
 * @param source who sent the visitor, such as {@code Google}, or a host without {@code www.}; empty
 *     for a direct or internal visit
 */
public record Referrer(String host, Medium medium, String source) {

  /** A visit whose referrer could not be understood. */
  static final Referrer FAILED = new Referrer(Enrichment.FAILED, Medium.FAILED, Enrichment.FAILED);
}
