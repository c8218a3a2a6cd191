package io.millrace.views;

/** What can be asked of a fact. */
public sealed interface FactPart permits Dimension, Measure {

  /** The name in messages and answers. */
  String label();

  /** Whether facts of a kind have it. */
  boolean isOf(Source source);
}
