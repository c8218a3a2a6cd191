package io.millrace.query;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.millrace.query.access.Admittance;
import io.millrace.query.error.QueryException;
import io.millrace.query.sql.push.PushFormat;
import io.millrace.query.sql.push.PushReading;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sends push queries: the connection's thread writes rows until either side has enough. */
final class PushRoute {
  private static final String LAST_EVENT_ID = "Last-Event-ID";
  private static final Set<String> ANYTHING = Set.of("*/*", "text/*", "application/*");

  private PushRoute() {}

  /** What the reader has seen, as browsers tell it. */
  static Optional<String> lastIdOf(ServerRequest request) {
    return request.headers().value(HeaderNames.create(LAST_EVENT_ID)).filter(id -> !id.isEmpty());
  }

  /** The first of the accepted types that there is; events where all are the same to the reader. */
  static PushFormat formatFor(ServerRequest request) {
    List<String> accepted =
        request.headers().values(HeaderNames.ACCEPT).stream()
            .flatMap(header -> List.of(header.split(",")).stream())
            .map(SqlRoute::mediaType)
            .toList();
    for (String type : accepted) {
      for (PushFormat format : PushFormat.values()) {
        if (format.mediaType().equals(type)) {
          return format;
        }
      }
    }
    if (accepted.isEmpty() || accepted.stream().anyMatch(ANYTHING::contains)) {
      return PushFormat.EVENTS;
    }
    throw QueryException.badParameter(
        "accept",
        "a query that ends with EMIT CHANGES is answered as text/event-stream or"
            + " application/x-ndjson");
  }

  static void stream(
      PushReading reading, PushFormat format, Admittance admittance, ServerResponse response) {
    try (reading) {
      SecurityHeaders.addTo(response);
      response.header(HeaderNames.CONTENT_TYPE, format.mediaType());
      response.header(HeaderNames.CACHE_CONTROL, "no-store");
      // Asks proxies like nginx not to hold messages back.
      response.header("X-Accel-Buffering", "no");
      response.header(HeaderValues.CONNECTION_CLOSE);
      OutputStream out = response.outputStream();
      reading.writeTo(out, format, admittance::lasts);
      out.close();
    } catch (IOException | RuntimeException gone) {
      throw new CloseConnectionException("the reader is gone", gone);
    } catch (InterruptedException stuck) {
      throw new CloseConnectionException("the reader takes nothing", stuck);
    }
  }
}
