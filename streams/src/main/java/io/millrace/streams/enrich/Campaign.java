package io.millrace.streams.enrich;

import io.millrace.model.Enrichment;

/**
 * What the link itself says about why it was followed: the five utm parameters, and the identifier
 * an advertising or mail system added.
 *
 * @param clickIdentifier the known parameter that is present, such as {@code gclid}; its value says
 *     who clicked, and is not kept
 */
public record Campaign(
    String source,
    String medium,
    String name,
    String term,
    String content,
    String clickIdentifier) {

  /** A link that says nothing. */
  static final Campaign NONE = new Campaign("", "", "", "", "", "");

  /** A link that could not be read. */
  static final Campaign FAILED =
      new Campaign(
          Enrichment.FAILED,
          Enrichment.FAILED,
          Enrichment.FAILED,
          Enrichment.FAILED,
          Enrichment.FAILED,
          Enrichment.FAILED);

  /** Whether somebody tagged the link by hand. */
  boolean isTagged() {
    return !source.isEmpty() || !medium.isEmpty() || !name.isEmpty();
  }
}
