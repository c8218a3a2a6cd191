package io.millrace.streams.enrich;

/**
 * Where a visitor came from.
 *
 * @param host of the referring page; empty if there is none
 * @param source who sent the visitor, such as {@code Google}, or a host without {@code www.}; empty
 *     for a direct or internal visit
 */
public record Referrer(String host, Medium medium, String source) {

  /** A visit that nothing is known of. */
  static final Referrer NONE = new Referrer("", Medium.DIRECT, "");
}
