package io.millrace.query;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.millrace.query.access.Caller;
import io.millrace.query.answer.QueryString;
import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import io.millrace.query.sql.SqlQueries;
import io.millrace.query.sql.jdbc.JdbcMessages;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers JDBC drivers in the protocol of Avatica, which is loaded with the first request. Safe for
 * any number of threads.
 */
final class JdbcRoute {
  static final String NAME = "jdbc";
  private static final String BYTES = "application/octet-stream";
  private static final String PROTOBUF = "application/x-google-protobuf";

  /** No page of another site can send any of these without being asked first. */
  private static final Set<String> TYPES = Set.of(BYTES, PROTOBUF, Answer.JSON);

  /** A query of the greatest length, each character of it escaped, and its parameters. */
  private static final int LONGEST_BODY = 1 << 20;

  private final SqlQueries queries;
  private final Turns turns;
  private final Bodies bodies;
  private final QueryMetrics metrics;
  private final InstantSource clock;
  private @Nullable JdbcMessages messages;

  JdbcRoute(
      SqlQueries queries, Turns turns, Bodies bodies, QueryMetrics metrics, InstantSource clock) {
    this.queries = queries;
    this.turns = turns;
    this.bodies = bodies;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Counts with the status that the same failure has elsewhere: in this protocol all are 500. */
  void handle(ServerRequest request, ServerResponse response, Caller caller) {
    long started = System.nanoTime();
    Answer answer;
    Status counted;
    try {
      QueryString.parse(request.query().rawValue()).requireKnown(List.of());
      JdbcMessages.Reply reply = reply(request, caller);
      counted = reply.error().map(ErrorAnswer::status).orElse(Status.OK_200);
      answer = answer(reply);
    } catch (RuntimeException failure) {
      answer = ErrorAnswer.of(failure);
      counted = answer.status();
    }
    Exchange.send(request, response, answer);
    metrics.answered(NAME, counted.code(), System.nanoTime() - started);
  }

  private JdbcMessages.Reply reply(ServerRequest request, Caller caller) {
    requireKnownType(request);
    try (Bodies.Body body = bodies.read(request.content().inputStream(), caller, LONGEST_BODY)) {
      if (body.bytes().length > LONGEST_BODY) {
        throw new QueryException(
            QueryErrorCode.QUERY_TOO_LARGE, "a request has at most " + LONGEST_BODY + " bytes");
      }
      return messages().reply(body.bytes(), caller, ErrorAnswer::inWords);
    }
  }

  private static Answer answer(JdbcMessages.Reply reply) {
    return new Answer(
        reply.error().isEmpty() ? Status.OK_200 : Status.INTERNAL_SERVER_ERROR_500,
        reply.isJson() ? Answer.JSON : BYTES,
        List.of(HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store")),
        reply.bytes());
  }

  private synchronized JdbcMessages messages() {
    JdbcMessages known = messages;
    if (known == null) {
      known = new JdbcMessages(queries, turns::take, metrics::scanned, clock);
      messages = known;
    }
    return known;
  }

  private static void requireKnownType(ServerRequest request) {
    String type = SqlRoute.mediaType(request.headers().value(HeaderNames.CONTENT_TYPE).orElse(""));
    if (!TYPES.contains(type)) {
      throw QueryException.badParameter(
          "content-type",
          "the body must be a request of Avatica, as "
              + BYTES
              + ", "
              + PROTOBUF
              + " or "
              + Answer.JSON);
    }
  }
}
