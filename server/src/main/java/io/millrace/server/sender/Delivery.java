package io.millrace.server.sender;

import java.util.List;

/** What became of events given to an {@link EventSender}. */
public sealed interface Delivery {

  /** How many events the collector has written to the log. */
  long accepted();

  /** Events that the collector answered it will never take. */
  List<Refusal> refused();

  /** Every event was answered: accepted or refused. */
  record Complete(long accepted, List<Refusal> refused) implements Delivery {
    public Complete {
      refused = List.copyOf(refused);
    }
  }

  /**
   * The sender gave up on the way. The events without an answer may or may not be in the log;
   * sending them again with the same ids is safe.
   *
   * @param unanswered how many events have no answer; they are the last ones
   * @param reason for a person: what happened and how long it was tried
   */
  record Incomplete(long accepted, List<Refusal> refused, long unanswered, String reason)
      implements Delivery {
    public Incomplete {
      refused = List.copyOf(refused);
      if (unanswered < 1) {
        throw new IllegalArgumentException(
            "unanswered: " + unanswered + ", but an incomplete delivery lacks at least one answer");
      }
    }
  }
}
