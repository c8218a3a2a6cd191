package io.millrace.collector;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.millrace.collector.event.EventDraft;
import io.millrace.collector.event.EventField;
import io.millrace.collector.event.KeyRing;
import io.millrace.model.control.SiteDirectory;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * {@code GET /v1/pixel.gif?key=…&url=…}: reports one event by loading an image, for mail and for
 * pages without scripts. The parameters are those of an event; {@code url} defaults to the Referer
 * header, and other parameters are ignored, since such addresses often carry one against caching.
 *
 * <p>The answer is always the image; only its status tells whether the event was accepted (200), at
 * fault (400, 401) or not written (503). HEAD answers 200 and reports nothing: it is what programs
 * send to look whether a link works. Safe for any number of threads.
 */
final class PixelHandler implements Handler {
  private static final byte[] GIF =
      Base64.getDecoder().decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");
  private static final int OK = 200;
  private static final Header IMAGE = HeaderValues.createCached("Content-Type", "image/gif");
  private static final Header NO_STORE = HeaderValues.createCached("Cache-Control", "no-store");
  private static final Set<EventField> PARAMETERS =
      EnumSet.complementOf(
          EnumSet.of(
              EventField.WRITE_KEY, EventField.PROPERTIES, EventField.IP, EventField.USER_AGENT));

  private final CollectorConfig config;
  private final SiteDirectory sites;
  private final ByteBudget budget;
  private final SenderReader senders;
  private final RequestRates rates;
  private final Intake intake;
  private final CollectorMetrics metrics;

  PixelHandler(
      CollectorConfig config,
      SiteDirectory sites,
      ByteBudget budget,
      SenderReader senders,
      RequestRates rates,
      Intake intake,
      CollectorMetrics metrics) {
    this.config = config;
    this.sites = sites;
    this.budget = budget;
    this.senders = senders;
    this.rates = rates;
    this.intake = intake;
    this.metrics = metrics;
  }

  @Override
  public void handle(ServerRequest request, ServerResponse response) {
    long start = System.nanoTime();
    AnswerCode code = take(request).code();
    int status = code == AnswerCode.ACCEPTED ? OK : code.status();
    if (code.isForLater()) {
      response.header(HeaderNames.RETRY_AFTER, Long.toString(config.retryAfter().toSeconds()));
    }
    answer(status, request, response);
    metrics.answered("pixel", status, System.nanoTime() - start);
  }

  /** HEAD: what GET would look like, without an event. */
  void peek(ServerRequest request, ServerResponse response) {
    answer(OK, request, response);
  }

  private Receipt take(ServerRequest request) {
    if (!rates.admitsAddress(request)) {
      return new Receipt.TurnedAway(
          AnswerCode.RATE_LIMITED, "too many requests come from this address");
    }
    try (ByteBudget.Share share = budget.open()) {
      if (!share.grow(ByteBudget.REQUEST_BYTES)) {
        return Receipt.TurnedAway.NO_ROOM;
      }
      return QueryParameters.parse(request.query().rawValue())
          .map(parameters -> take(parameters, request))
          .orElse(new Receipt.TurnedAway(AnswerCode.MALFORMED, "the query cannot be decoded"));
    }
  }

  private Receipt take(QueryParameters parameters, ServerRequest request) {
    List<EventDraft> drafts = List.of(draft(parameters, request));
    var keys = new KeyRing(sites, parameters.value("key"), SenderReader.originOf(request));
    return rates.admitsKeys(drafts, keys)
        ? intake.take(drafts, senders.read(request), keys)
        : new Receipt.TurnedAway(AnswerCode.RATE_LIMITED, "this write key has sent too many");
  }

  private static EventDraft draft(QueryParameters parameters, ServerRequest request) {
    var draft = new EventDraft();
    for (EventField field : PARAMETERS) {
      draft.put(field, parameters.value(field.label()));
    }
    if (parameters.value(EventField.URL.label()).isEmpty()) {
      draft.put(EventField.URL, request.headers().first(HeaderNames.REFERER).orElse(""));
    }
    return draft;
  }

  private static void answer(int status, ServerRequest request, ServerResponse response) {
    CrossOrigin.allow(response);
    response.status(status).header(IMAGE).header(NO_STORE);
    Body.send(request, response, GIF);
  }
}
