package io.millrace.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.millrace.query.access.Access;
import io.millrace.query.access.Admittance;
import io.millrace.query.access.Caller;
import io.millrace.query.access.CallersStreams;
import io.millrace.query.access.Right;
import io.millrace.query.answer.QueryString;
import io.millrace.query.error.Position;
import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import io.millrace.query.sql.SqlAnswer;
import io.millrace.query.sql.SqlAnswerWriter;
import io.millrace.query.sql.push.PushFormat;
import io.millrace.query.sql.push.PushHub;
import io.millrace.query.sql.push.PushReading;
import io.millrace.query.sql.push.PushStatement;
import io.millrace.query.statements.Statements;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Answers statements in SQL. Safe for any number of threads. */
final class SqlRoute {
  static final String NAME = "sql";
  private static final Set<String> FIELDS = Set.of("sql", "max_rows", "after");
  private static final String NDJSON = "application/x-ndjson";
  private static final String CSV = "text/csv";

  /**
   * Statements may change what there is. These are the types that no page of another origin can
   * send without being asked first.
   */
  private static final String SQL = "application/sql";

  /** A query of the greatest length, of which JSON may escape each character. */
  private static final int LONGEST_BODY = 6 * 64 * 1024 + 1024;

  private static final ObjectMapper BODIES =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final Access access;
  private final Statements statements;
  private final PushHub pushes;
  private final CallersStreams streams;
  private final Turns turns;
  private final Bodies bodies;
  private final QueryMetrics metrics;

  SqlRoute(
      Access access,
      Statements statements,
      PushHub pushes,
      CallersStreams streams,
      Turns turns,
      Bodies bodies,
      QueryMetrics metrics) {
    this.access = access;
    this.streams = streams;
    this.statements = statements;
    this.pushes = pushes;
    this.turns = turns;
    this.bodies = bodies;
    this.metrics = metrics;
  }

  /** Answers with a document, or with a stream that ends when either side has enough. */
  void handle(ServerRequest request, ServerResponse response, Caller caller) {
    long started = System.nanoTime();
    Outcome outcome;
    try {
      outcome = outcome(request, caller);
    } catch (RuntimeException failure) {
      outcome = new Document(ErrorAnswer.of(failure));
    }
    switch (outcome) {
      case Document(Answer answer) -> {
        Exchange.send(request, response, answer);
        metrics.answered(NAME, answer.status().code(), System.nanoTime() - started);
      }
      case Stream(PushReading reading, PushFormat format, CallersStreams.Place place) -> {
        metrics.counted(NAME, Status.OK_200.code());
        try (place) {
          PushRoute.stream(
              reading, format, Admittance.of(access, request, Right.QUERY, caller), response);
        }
      }
    }
  }

  /** What comes of a request. */
  private sealed interface Outcome {}

  private record Document(Answer answer) implements Outcome {}

  private record Stream(PushReading reading, PushFormat format, CallersStreams.Place place)
      implements Outcome {}

  private Outcome outcome(ServerRequest request, Caller caller) {
    QueryString.parse(request.query().rawValue()).requireKnown(List.of());
    try (Bodies.Body body = bodies.read(request.content().inputStream(), caller, LONGEST_BODY)) {
      return outcome(asked(request, text(body.bytes())), request, caller);
    }
  }

  private Outcome outcome(Asked asked, ServerRequest request, Caller caller) {
    Optional<PushStatement> push = PushStatement.of(asked.sql());
    if (push.isPresent()) {
      PushFormat format = PushRoute.formatFor(request);
      Optional<String> after = PushRoute.lastIdOf(request).or(asked::after);
      return opened(push.get(), after, asked.maxRows(), format, caller);
    }
    return new Document(pulled(asked, request, caller));
  }

  private Outcome opened(
      PushStatement statement,
      Optional<String> after,
      OptionalLong maxRows,
      PushFormat format,
      Caller caller) {
    CallersStreams.Place place = streams.enter(caller);
    try {
      return new Stream(pushes.open(statement, after, maxRows, caller.sites()), format, place);
    } catch (RuntimeException | Error failure) {
      place.close();
      throw failure;
    }
  }

  private Answer pulled(Asked asked, ServerRequest request, Caller caller) {
    if (asked.after().isPresent()) {
      throw QueryException.badParameter("after", "after is for queries that end with EMIT CHANGES");
    }
    int maxRows = (int) Math.min(Integer.MAX_VALUE, asked.maxRows().orElse(statements.maxRows()));
    if (maxRows > statements.maxRows()) {
      throw badMaxRows();
    }
    SqlAnswer answer =
        turns.takeAtBest(caller, reach -> statements.answer(asked.sql(), maxRows, caller, reach));
    metrics.scanned(answer.cellsScanned());
    return written(answer, formatFor(request)).with(answer.completeness());
  }

  private Asked asked(ServerRequest request, String body) {
    String type = mediaType(request.headers().value(HeaderNames.CONTENT_TYPE).orElse(""));
    if (type.equals(Answer.JSON)) {
      return asked(body);
    }
    if (type.equals(SQL)) {
      return new Asked(body, OptionalLong.empty(), Optional.empty());
    }
    throw QueryException.badParameter(
        "content-type",
        "the body must be a statement as application/sql, or application/json, not "
            + QueryString.shortened(type));
  }

  static String mediaType(String header) {
    int parameters = header.indexOf(';');
    return (parameters < 0 ? header : header.substring(0, parameters))
        .strip()
        .toLowerCase(Locale.ROOT);
  }

  private static String text(byte[] bytes) {
    if (bytes.length > LONGEST_BODY) {
      throw new QueryException(
          QueryErrorCode.INVALID_SQL, new Position(1, 1), "a query has at most 65536 bytes");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException malformed) {
      throw new QueryException(
          QueryErrorCode.INVALID_SQL, new Position(1, 1), "the query must be encoded in UTF-8");
    }
  }

  private Asked asked(String body) {
    JsonNode json;
    try {
      json = BODIES.readTree(body);
    } catch (JsonProcessingException malformed) {
      throw badBody("the body is not JSON: " + malformed.getOriginalMessage());
    }
    if (!json.isObject()) {
      throw badBody("the body must be an object such as {\"sql\": \"SELECT 1\"}");
    }
    json.fieldNames()
        .forEachRemaining(
            name -> {
              if (!FIELDS.contains(name)) {
                throw new QueryException(
                    QueryErrorCode.UNKNOWN_PARAMETER,
                    QueryString.shortened(name),
                    "there is no field \""
                        + QueryString.shortened(name)
                        + "\" here; known are sql, max_rows, after");
              }
            });
    if (!json.path("sql").isTextual()) {
      throw new QueryException(
          QueryErrorCode.MISSING_PARAMETER, "sql", "sql is missing, or no text");
    }
    return new Asked(
        json.path("sql").textValue(), maxRows(json.path("max_rows")), after(json.path("after")));
  }

  private OptionalLong maxRows(JsonNode asked) {
    if (asked.isMissingNode()) {
      return OptionalLong.empty();
    }
    if (!asked.isIntegralNumber() || !asked.canConvertToLong() || asked.longValue() < 1) {
      throw badMaxRows();
    }
    return OptionalLong.of(asked.longValue());
  }

  private QueryException badMaxRows() {
    return QueryException.badParameter(
        "max_rows", "max_rows must be a whole number from 1 to " + statements.maxRows());
  }

  private static Optional<String> after(JsonNode asked) {
    if (asked.isMissingNode()) {
      return Optional.empty();
    }
    if (!asked.isTextual()) {
      throw QueryException.badParameter("after", "after must be the id of an event, as a text");
    }
    return Optional.of(asked.textValue()).filter(id -> !id.isEmpty());
  }

  private static QueryException badBody(String message) {
    return QueryException.badParameter("body", message);
  }

  /** The first of the accepted types that there is; JSON where none of them is. */
  private static String formatFor(ServerRequest request) {
    return request.headers().values(HeaderNames.ACCEPT).stream()
        .flatMap(header -> header.lines().flatMap(line -> List.of(line.split(",")).stream()))
        .map(SqlRoute::mediaType)
        .filter(type -> type.equals(Answer.JSON) || type.equals(NDJSON) || type.equals(CSV))
        .findFirst()
        .orElse(Answer.JSON);
  }

  private static Answer written(SqlAnswer answer, String format) {
    return switch (format) {
      case CSV ->
          new Answer(
              Status.OK_200,
              CSV + "; charset=utf-8",
              List.of(
                  HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store"),
                  HeaderValues.create(
                      "Millrace-Truncated", Boolean.toString(answer.isTruncated()))),
              SqlAnswerWriter.csv(answer));
      case NDJSON ->
          new Answer(
              Status.OK_200,
              NDJSON,
              List.of(HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store")),
              SqlAnswerWriter.lines(answer));
      default -> Answer.json(SqlAnswerWriter.json(answer));
    };
  }

  /**
   * What a request asks for.
   *
   * @param after the id of what the reader has seen
   */
  private record Asked(String sql, OptionalLong maxRows, Optional<String> after) {}
}
