package io.millrace.testing.architecture.planted.streams;

import io.millrace.testing.architecture.planted.query.KnowsKafka;

/** Breaks a border on purpose. */
public final class KnowsQuery {

  public Object border() {
    return new KnowsKafka();
  }
}
