package io.millrace.model;

import java.util.Locale;

/**
 * What became of an event of the log. Every event has exactly one, which is what makes the books
 * provable. The order is that of the Avro enum and is only ever added to.
 */
public enum Outcome {
  /** In the views, and in the topic enriched-clicks. */
  COUNTED,
  /** An event with the same id was judged before. */
  DUPLICATE,
  /** Sent by a program, not by a person. */
  BOT,
  /** Happened longer ago than the site admits. */
  LATE,
  /** Not an event: bytes that cannot be decoded, or a time that cannot be. */
  INVALID;

  /** The name used in views, topics and messages, in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
