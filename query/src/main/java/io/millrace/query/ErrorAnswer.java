package io.millrace.query;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import io.millrace.query.json.JsonDocument;
import io.millrace.views.CellsUnavailableException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a failure looks like from outside: error → status → log level, for the whole module.
 *
 * <p>A user's fault is not logged; it is counted with the requests. One that passes by itself is
 * logged for debugging. A bug is logged as an error with its stack, and tells the user nothing.
 */
final class ErrorAnswer {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorAnswer.class);
  private static final int RETRY_AFTER_SECONDS = 2;

  private ErrorAnswer() {}

  static Answer of(RuntimeException failure) {
    return of(inWords(failure));
  }

  /** What may be told of a failure. */
  static QueryException inWords(RuntimeException failure) {
    return switch (failure) {
      case QueryException refused -> refused;
      case CellsUnavailableException unavailable -> {
        LOG.atDebug().setCause(unavailable).log("Cells cannot be read");
        yield new QueryException(
            QueryErrorCode.CELLS_UNAVAILABLE,
            "the numbers are moving between processes; try again in a moment");
      }
      default -> {
        LOG.atError().setCause(failure).log("A query failed");
        yield new QueryException(QueryErrorCode.INTERNAL, "this is a fault of the server");
      }
    };
  }

  /** For a method that a route does not have. */
  static Answer ofMethod(Route.Method allowed) {
    Answer refusal =
        of(
            new QueryException(
                QueryErrorCode.METHOD_NOT_ALLOWED, "only " + allowed + " is allowed here"));
    List<Header> headers = new ArrayList<>(refusal.headers());
    headers.removeIf(header -> header.headerName().equals(HeaderNames.ALLOW));
    headers.add(HeaderValues.create(HeaderNames.ALLOW, allowed.allowed()));
    return new Answer(refusal.status(), refusal.contentType(), headers, refusal.body());
  }

  private static Answer of(QueryException refused) {
    return new Answer(status(refused.code()), Answer.JSON, headers(refused.code()), body(refused));
  }

  static Status status(QueryErrorCode code) {
    return switch (code) {
      case UNKNOWN_PARAMETER, MISSING_PARAMETER, BAD_PARAMETER, INVALID_SQL ->
          Status.BAD_REQUEST_400;
      case UNKNOWN_VIEW, UNKNOWN_SITE, NOT_FOUND -> Status.NOT_FOUND_404;
      case METHOD_NOT_ALLOWED -> Status.METHOD_NOT_ALLOWED_405;
      case QUERY_TOO_LARGE, NOT_KEPT, CANCELLED -> Status.create(422, "Unprocessable Content");
      case VIEW_EXISTS -> Status.CONFLICT_409;
      case TOO_BUSY, CELLS_UNAVAILABLE, VIEW_NOT_READY, DEFINITIONS_UNAVAILABLE ->
          Status.SERVICE_UNAVAILABLE_503;
      case INTERNAL -> Status.INTERNAL_SERVER_ERROR_500;
      case UNAUTHENTICATED -> Status.UNAUTHORIZED_401;
      case FORBIDDEN -> Status.FORBIDDEN_403;
      case TOO_MANY_REQUESTS -> Status.TOO_MANY_REQUESTS_429;
    };
  }

  private static List<Header> headers(QueryErrorCode code) {
    var headers = new ArrayList<Header>();
    headers.add(HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store"));
    if (code.fault() == QueryErrorCode.Fault.EXTERNAL) {
      headers.add(HeaderValues.create(HeaderNames.RETRY_AFTER, RETRY_AFTER_SECONDS));
    }
    if (code == QueryErrorCode.UNAUTHENTICATED) {
      headers.add(HeaderValues.createCached(HeaderNames.WWW_AUTHENTICATE, "Bearer"));
    }
    if (code == QueryErrorCode.METHOD_NOT_ALLOWED) {
      headers.add(HeaderValues.create(HeaderNames.ALLOW, "GET, HEAD"));
    }
    return headers;
  }

  private static byte[] body(QueryException refused) {
    return JsonDocument.write(
        json -> {
          json.writeStartObject();
          json.writeObjectFieldStart("error");
          json.writeStringField("code", refused.code().label());
          json.writeStringField("message", String.valueOf(refused.getMessage()));
          if (!refused.field().isEmpty()) {
            json.writeStringField("field", refused.field());
          }
          if (refused.position().isPresent()) {
            json.writeNumberField("line", refused.position().get().line());
            json.writeNumberField("column", refused.position().get().column());
          }
          json.writeEndObject();
          json.writeEndObject();
        });
  }
}
