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
import io.millrace.query.answer.QueryString;
import io.millrace.query.error.Position;
import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import io.millrace.query.sql.SqlAnswer;
import io.millrace.query.sql.SqlAnswerWriter;
import io.millrace.query.statements.Statements;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Answers statements in SQL. Safe for any number of threads. */
final class SqlRoute {
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

  private final Statements statements;
  private final Turns turns;
  private final QueryMetrics metrics;

  SqlRoute(Statements statements, Turns turns, QueryMetrics metrics) {
    this.statements = statements;
    this.turns = turns;
    this.metrics = metrics;
  }

  Answer answer(ServerRequest request) {
    QueryString.parse(request.query().rawValue()).requireKnown(List.of());
    Asked asked = asked(request);
    SqlAnswer answer = turns.take(() -> statements.answer(asked.sql(), asked.maxRows()));
    metrics.scanned(answer.cellsScanned());
    return written(answer, formatFor(request));
  }

  private Asked asked(ServerRequest request) {
    String type = mediaType(request.headers().value(HeaderNames.CONTENT_TYPE).orElse(""));
    String body = body(request);
    if (type.equals(Answer.JSON)) {
      return asked(body);
    }
    if (type.equals(SQL)) {
      return new Asked(body, statements.maxRows());
    }
    throw QueryException.badParameter(
        "content-type",
        "the body must be a statement as application/sql, or application/json, not "
            + QueryString.shortened(type));
  }

  private static String mediaType(String header) {
    int parameters = header.indexOf(';');
    return (parameters < 0 ? header : header.substring(0, parameters))
        .strip()
        .toLowerCase(Locale.ROOT);
  }

  private static String body(ServerRequest request) {
    byte[] bytes;
    try (InputStream content = request.content().inputStream()) {
      bytes = content.readNBytes(LONGEST_BODY + 1);
    } catch (IOException broken) {
      throw new UncheckedIOException("the query did not arrive", broken);
    }
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
              if (!name.equals("sql") && !name.equals("max_rows")) {
                throw new QueryException(
                    QueryErrorCode.UNKNOWN_PARAMETER,
                    QueryString.shortened(name),
                    "there is no field \""
                        + QueryString.shortened(name)
                        + "\" here; known are sql, max_rows");
              }
            });
    if (!json.path("sql").isTextual()) {
      throw new QueryException(
          QueryErrorCode.MISSING_PARAMETER, "sql", "sql is missing, or no text");
    }
    return new Asked(json.path("sql").textValue(), maxRows(json.path("max_rows")));
  }

  private int maxRows(JsonNode asked) {
    if (asked.isMissingNode()) {
      return statements.maxRows();
    }
    if (!asked.isInt() || asked.intValue() < 1 || asked.intValue() > statements.maxRows()) {
      throw QueryException.badParameter(
          "max_rows", "max_rows must be a whole number from 1 to " + statements.maxRows());
    }
    return asked.intValue();
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

  /** What a request asks for. */
  private record Asked(String sql, int maxRows) {}
}
