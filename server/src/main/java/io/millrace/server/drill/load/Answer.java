package io.millrace.server.drill.load;

import java.util.Optional;

/**
 * What came of a request, and what it said where nobody expects that.
 *
 * @param text of an answer that is not expected: the status and the beginning of the body
 */
record Answer(Response response, Optional<String> text) {
  private static final int LONGEST_TEXT = 200;

  static Answer of(Response response) {
    return new Answer(response, Optional.empty());
  }

  static Answer unexpected(int status, String body) {
    String text = status + " " + body.strip();
    return new Answer(
        Response.UNEXPECTED,
        Optional.of(text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + '…'));
  }

  /**
   * What an answer means.
   *
   * @param isForLater whether it says when to try again
   */
  static Answer of(int status, boolean isForLater, String body) {
    // A refused event among accepted ones would be a fault of the plan.
    if (status == 202 && body.contains("\"refused\":0")) {
      return of(Response.ACKNOWLEDGED);
    }
    return status == 503 && isForLater ? of(Response.UNAVAILABLE) : unexpected(status, body);
  }
}
