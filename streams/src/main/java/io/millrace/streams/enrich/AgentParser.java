package io.millrace.streams.enrich;

import io.millrace.model.ClientHints;

/** Understands a User-Agent header with its client hints. Must allow any number of threads. */
@FunctionalInterface
public interface AgentParser {

  /**
   * Understands one client. May be slow.
   *
   * @param userAgent not blank, and no longer than {@link AgentClassifier#LONGEST_AGENT}
   * @param hints plausible ones, or none
   */
  Agent parse(String userAgent, ClientHints hints);
}
