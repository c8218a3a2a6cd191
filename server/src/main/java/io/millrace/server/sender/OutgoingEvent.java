package io.millrace.server.sender;

/**
 * One event as a line of a request: a JSON object without a line break. See {@link EventJson}.
 *
 * @param json UTF-8; not copied, so nobody may change it
 */
public record OutgoingEvent(byte[] json) {

  public OutgoingEvent {
    if (json.length == 0) {
      throw new IllegalArgumentException("json: an event has at least its braces");
    }
  }
}
