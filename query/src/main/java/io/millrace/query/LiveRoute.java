package io.millrace.query;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.millrace.model.SiteId;
import io.millrace.model.control.SiteDirectory;
import io.millrace.query.answer.QueryString;
import io.millrace.query.answer.QuestionParser;
import io.millrace.query.live.LiveHub;
import io.millrace.query.live.LiveReader;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * The stream of a site as server-sent events: the connection's virtual thread writes what the hub
 * queues, until either end has enough. Safe for any number of threads.
 */
final class LiveRoute {
  static final String NAME = "live";
  private static final List<String> PARAMETERS = List.of("site");
  private static final String EVENT_STREAM = "text/event-stream";
  private static final Answer HEAD_ONLY =
      new Answer(Status.OK_200, EVENT_STREAM, List.of(), new byte[0]);

  private final SiteDirectory sites;
  private final LiveHub hub;
  private final QueryMetrics metrics;

  LiveRoute(SiteDirectory sites, LiveHub hub, QueryMetrics metrics) {
    this.sites = sites;
    this.hub = hub;
    this.metrics = metrics;
  }

  void handle(ServerRequest request, ServerResponse response) {
    LiveReader reader;
    try {
      SiteId site = site(request);
      if (request.prologue().method().equals(Method.HEAD)) {
        Exchange.send(request, response, HEAD_ONLY);
        return;
      }
      reader = hub.open(site);
    } catch (RuntimeException failure) {
      Answer refusal = ErrorAnswer.of(failure);
      metrics.counted(NAME, refusal.status().code());
      Exchange.send(request, response, refusal);
      return;
    }
    metrics.counted(NAME, Status.OK_200.code());
    metrics.liveConnectionOpened();
    try (reader) {
      stream(reader, response);
    } finally {
      metrics.liveConnectionClosed(reader.isDropped());
    }
  }

  private SiteId site(ServerRequest request) {
    QueryString query = QueryString.parse(request.query().rawValue());
    query.requireKnown(PARAMETERS);
    return QuestionParser.requireSite(query, sites);
  }

  private static void stream(LiveReader reader, ServerResponse response) {
    SecurityHeaders.addTo(response);
    response.header(HeaderNames.CONTENT_TYPE, EVENT_STREAM);
    response.header(HeaderNames.CACHE_CONTROL, "no-store");
    // Asks proxies like nginx not to hold messages back.
    response.header("X-Accel-Buffering", "no");
    response.header(HeaderValues.CONNECTION_CLOSE);
    OutputStream out = response.outputStream();
    try {
      Optional<byte[]> message = reader.next();
      while (message.isPresent()) {
        out.write(message.get());
        out.flush();
        message = reader.next();
      }
      out.close();
    } catch (IOException | RuntimeException gone) {
      throw new CloseConnectionException("the reader is gone", gone);
    } catch (InterruptedException dropped) {
      throw new CloseConnectionException("the reader is too slow", dropped);
    }
  }
}
