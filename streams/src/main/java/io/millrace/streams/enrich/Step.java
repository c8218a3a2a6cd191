package io.millrace.streams.enrich;

/**
 * One step of enrichment.
 *
 * @param needs bits of the steps whose findings it reads; see {@link #bit}
 * @param work reads what it needs of the findings, and sets what it found
 */
record Step(EnrichmentStep name, int needs, Work work) {

  /** What a step does. May throw: then its part of the findings stays marked as failed. */
  @FunctionalInterface
  interface Work {
    void on(Findings found);
  }

  /** A step that reads nothing but the event. */
  static Step of(EnrichmentStep name, Work work) {
    return new Step(name, 0, work);
  }

  /** The same step, which reads what another found. */
  Step after(EnrichmentStep other) {
    return new Step(name, needs | bit(other), work);
  }

  static int bit(EnrichmentStep step) {
    return 1 << step.ordinal();
  }
}
