package io.millrace.streams.enrich;

/** Understands one User-Agent header. Must allow any number of threads; may be slow. */
@FunctionalInterface
public interface AgentParser {

  /**
   * Understands one header.
   *
   * @param userAgent not blank, and no longer than {@link AgentClassifier#LONGEST_AGENT}
   */
  Agent parse(String userAgent);
}
