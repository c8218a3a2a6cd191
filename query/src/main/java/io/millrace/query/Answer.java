package io.millrace.query;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.millrace.views.Completeness;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

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

  /**
   * The same with a header that says what the cells lacked that it was read from, and of which
   * partitions.
   */
  Answer with(Completeness completeness) {
    var more = new ArrayList<>(headers);
    more.add(HeaderValues.create("Millrace-Cells", completeness.label()));
    if (!completeness.missing().isEmpty()) {
      more.add(partitions("Millrace-Missing-Partitions", completeness.missing()));
    }
    if (!completeness.stale().isEmpty()) {
      more.add(partitions("Millrace-Stale-Partitions", completeness.stale().keySet()));
    }
    return new Answer(status, contentType, more, body);
  }

  private static Header partitions(String name, Set<Integer> partitions) {
    return HeaderValues.create(
        name, partitions.stream().map(String::valueOf).collect(Collectors.joining(",")));
  }

  static Answer json(byte[] body) {
    return new Answer(
        Status.OK_200,
        JSON,
        List.of(HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store")),
        body);
  }
}
