package io.millrace.query;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import java.util.List;

/**
 * A whole answer, before it is sent.
 *
 * @param headers beyond those that every answer has
 */
record Answer(Status status, String contentType, List<Header> headers, byte[] body) {
  static final String JSON = "application/json";

  Answer {
    headers = List.copyOf(headers);
  }

  static Answer json(byte[] body) {
    return new Answer(
        Status.OK_200,
        JSON,
        List.of(HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store")),
        body);
  }
}
