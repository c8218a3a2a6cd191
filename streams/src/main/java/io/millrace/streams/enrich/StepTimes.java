package io.millrace.streams.enrich;

/** Is told how long steps take, of some events. Must allow any number of threads. */
@FunctionalInterface
public interface StepTimes {
  /** For those who do not want to know. */
  StepTimes IGNORED = (step, nanos) -> {};

  void took(EnrichmentStep step, long nanos);
}
