package io.millrace.testing.architecture.planted.collector;

import io.millrace.testing.architecture.planted.streams.KnowsQuery;

/** Breaks a border on purpose. */
public final class KnowsStreams {

  public Object border() {
    return new KnowsQuery();
  }
}
