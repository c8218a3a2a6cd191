package io.millrace.views;

/** One row that views are computed from. */
public sealed interface Fact permits JudgedClick, SessionFact {

  /** The id of its site; empty where it is unknown. */
  String site();

  /** Which windows it belongs to, in milliseconds since 1970. */
  long time();

  /** What has been computed of it. */
  ComputedValues remembered();
}
