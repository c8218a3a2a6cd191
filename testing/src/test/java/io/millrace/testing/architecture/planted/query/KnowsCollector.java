package io.millrace.testing.architecture.planted.query;

import io.millrace.testing.architecture.planted.collector.KnowsStreams;

/** Breaks a border on purpose. */
public final class KnowsCollector {

  public Object border() {
    return new KnowsStreams();
  }
}
