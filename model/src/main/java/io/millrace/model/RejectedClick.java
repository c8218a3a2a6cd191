package io.millrace.model;

/**
 * An event that is not counted, whole, with the reason: a record of the topic rejected-clicks. Its
 * key is the event's own.
 *
 * @param outcome any but {@link Outcome#COUNTED}
 * @param reason what was wrong, as a short phrase for people, such as {@code "same id as an earlier
 *     event"}
 * @param partition of click-events that it came from
 * @param offset in that partition
 * @param timestamp of the record, in milliseconds since 1970
 * @param payload the record's value as it came, undecoded
 */
public record RejectedClick(
    Outcome outcome, String reason, int partition, long offset, long timestamp, byte[] payload) {

  public RejectedClick {
    if (outcome == Outcome.COUNTED) {
      throw new IllegalArgumentException("outcome: a counted event belongs into enriched-clicks");
    }
  }
}
