package io.millrace.streams;

/** How processors agree on who works on what. */
public enum GroupProtocol {
  /** The members decide, by one of them; any Kafka knows it. */
  CLASSIC,
  /** The broker decides (KIP-1071); from Kafka 4.2 on. */
  STREAMS
}
