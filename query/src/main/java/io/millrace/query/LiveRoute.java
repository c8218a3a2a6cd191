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
import io.millrace.query.access.Access;
import io.millrace.query.access.Admittance;
import io.millrace.query.access.Caller;
import io.millrace.query.access.CallersStreams;
import io.millrace.query.access.Right;
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

  private final Access access;
  private final SiteDirectory sites;
  private final LiveHub hub;
  private final CallersStreams streams;
  private final QueryMetrics metrics;

  LiveRoute(
      Access access,
      SiteDirectory sites,
      LiveHub hub,
      CallersStreams streams,
      QueryMetrics metrics) {
    this.access = access;
    this.streams = streams;
    this.sites = sites;
    this.hub = hub;
    this.metrics = metrics;
  }

  void handle(ServerRequest request, ServerResponse response, Caller caller) {
    SiteId site;
    CallersStreams.Place place;
    try {
      site = site(request, caller);
      if (request.prologue().method().equals(Method.HEAD)) {
        Exchange.send(request, response, HEAD_ONLY);
        return;
      }
      place = streams.enter(caller);
    } catch (RuntimeException failure) {
      refuse(failure, request, response);
      return;
    }
    try (place) {
      follow(site, Admittance.of(access, request, Right.VIEW, caller), request, response);
    }
  }

  private void follow(
      SiteId site, Admittance admittance, ServerRequest request, ServerResponse response) {
    LiveReader reader;
    try {
      reader = hub.open(site);
    } catch (RuntimeException failure) {
      refuse(failure, request, response);
      return;
    }
    metrics.counted(NAME, Status.OK_200.code());
    metrics.liveConnectionOpened();
    try (reader) {
      stream(reader, admittance, response);
    } finally {
      metrics.liveConnectionClosed(reader.isDropped());
    }
  }

  private void refuse(RuntimeException failure, ServerRequest request, ServerResponse response) {
    Answer refusal = ErrorAnswer.of(failure);
    metrics.counted(NAME, refusal.status().code());
    Exchange.send(request, response, refusal);
  }

  private SiteId site(ServerRequest request, Caller caller) {
    QueryString query = QueryString.parse(request.query().rawValue());
    query.requireKnown(PARAMETERS);
    caller.sites().require(query.required("site"));
    return QuestionParser.requireSite(query, sites);
  }

  private static void stream(LiveReader reader, Admittance admittance, ServerResponse response) {
    SecurityHeaders.addTo(response);
    response.header(HeaderNames.CONTENT_TYPE, EVENT_STREAM);
    response.header(HeaderNames.CACHE_CONTROL, "no-store");
    // Asks proxies like nginx not to hold messages back.
    response.header("X-Accel-Buffering", "no");
    response.header(HeaderValues.CONNECTION_CLOSE);
    OutputStream out = response.outputStream();
    try {
      Optional<byte[]> message = reader.next();
      while (message.isPresent() && admittance.lasts()) {
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
