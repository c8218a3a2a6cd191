package io.millrace.server.sender;

/**
 * An event that the collector will never take, and why. Its texts repeat what a client wrote:
 * escape them before they go to a terminal.
 *
 * @param index among the events given to {@link EventSender#send}, from 0
 * @param id as the collector understood it, or empty
 * @param field that is wrong, or empty
 */
public record Refusal(int index, String id, String field, String reason) {

  public Refusal {
    if (index < 0) {
      throw new IllegalArgumentException("index: " + index + " is negative");
    }
  }

  /** The same refusal, counted from the beginning of a longer list. */
  Refusal movedBy(int offset) {
    return new Refusal(index + offset, id, field, reason);
  }
}
