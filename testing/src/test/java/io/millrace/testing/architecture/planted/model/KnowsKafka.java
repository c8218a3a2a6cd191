package io.millrace.testing.architecture.planted.model;

import org.apache.kafka.common.TopicPartition;

/** Breaks a border on purpose. */
public final class KnowsKafka {

  public Object border() {
    return new TopicPartition("t", 0);
  }
}
