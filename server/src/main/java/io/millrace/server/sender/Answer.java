package io.millrace.server.sender;

import java.time.Duration;
import java.util.List;

/** What one try to bring one request to the collector led to. */
sealed interface Answer {

  /** Every event of the request was judged. */
  record Judged(long accepted, List<Refusal> refused) implements Answer {}

  /**
   * Nothing is known of any event, but the same request may succeed later.
   *
   * @param asked the pause that the collector asks for, or zero
   */
  record Later(String reason, Duration asked) implements Answer {}

  /** Trying again cannot help. */
  record Hopeless(String reason) implements Answer {}
}
