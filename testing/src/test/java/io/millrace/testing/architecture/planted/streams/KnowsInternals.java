package io.millrace.testing.architecture.planted.streams;

import org.apache.kafka.streams.processor.internals.InternalProcessorContext;

/** Breaks a border on purpose. */
public final class KnowsInternals {

  public Class<?> border() {
    return InternalProcessorContext.class;
  }
}
