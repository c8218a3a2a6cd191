package io.millrace.collector;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.millrace.collector.event.EventParser;
import io.millrace.collector.event.KeyRing;
import io.millrace.collector.event.ParsedBody;
import io.millrace.collector.event.Refusal;
import io.millrace.model.control.SiteDirectory;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * {@code POST /v1/events}: one event, an array of them, or one a line, plain or gzip.
 *
 * <p>Answers 202 when at least one event is in the log; 400, 401 or 413 when none is and the client
 * is at fault; 503 with {@code Retry-After} when the log is, 429 when too much comes. A client that
 * gets 503 (or 429, or no answer) sends the same events with the same ids again. Safe for any
 * number of threads.
 */
final class EventsHandler implements Handler {
  private static final Header JSON = HeaderValues.createCached("Content-Type", "application/json");
  private static final Header NO_STORE = HeaderValues.createCached("Cache-Control", "no-store");
  private static final String BEARER = "bearer ";
  private static final Set<String> DOCUMENT_TYPES = Set.of("application/json", "text/plain", "");
  private static final Set<String> LINE_TYPES =
      Set.of("application/x-ndjson", "application/ndjson", "application/jsonl");

  private final CollectorConfig config;
  private final SiteDirectory sites;
  private final RequestBody body;
  private final ByteBudget budget;
  private final SenderReader senders;
  private final RequestRates rates;
  private final EventParser parser;
  private final Intake intake;
  private final CollectorMetrics metrics;
  private final AnswerWriter answers = new AnswerWriter();

  EventsHandler(
      CollectorConfig config,
      SiteDirectory sites,
      RequestBody body,
      ByteBudget budget,
      SenderReader senders,
      RequestRates rates,
      Intake intake,
      CollectorMetrics metrics) {
    this.config = config;
    this.sites = sites;
    this.body = body;
    this.budget = budget;
    this.senders = senders;
    this.rates = rates;
    this.parser = new EventParser(config.eventLimits());
    this.intake = intake;
    this.metrics = metrics;
  }

  @Override
  public void handle(ServerRequest request, ServerResponse response) {
    long start = System.nanoTime();
    QueryParameters query =
        QueryParameters.parse(request.query().rawValue()).orElse(QueryParameters.NONE);
    Receipt receipt = receive(request, query);
    answer(receipt, query.value("verbose").equals("true"), response);
    metrics.answered("events", receipt.code().status(), System.nanoTime() - start);
  }

  private Receipt receive(ServerRequest request, QueryParameters query) {
    String type = typeOf(request);
    boolean lines = LINE_TYPES.contains(type);
    if (!lines && !DOCUMENT_TYPES.contains(type)) {
      body.discard(request);
      return new Receipt.TurnedAway(
          AnswerCode.UNSUPPORTED,
          "expected application/json, application/x-ndjson or text/plain as Content-Type");
    }
    if (!rates.admitsAddress(request)) {
      body.discard(request);
      return new Receipt.TurnedAway(
          AnswerCode.RATE_LIMITED, "too many requests come from this address");
    }
    try (ByteBudget.Share share = budget.open()) {
      return switch (body.read(request, share)) {
        case RequestBody.Reading.Complete(byte[] bytes) ->
            share.grow(ByteBudget.REQUEST_BYTES)
                ? take(bytes, lines, request, query)
                : Receipt.TurnedAway.NO_ROOM;
        case RequestBody.Reading.Refused(Receipt.TurnedAway receipt) -> receipt;
      };
    }
  }

  private Receipt take(byte[] bytes, boolean lines, ServerRequest request, QueryParameters query) {
    return switch (parser.parse(bytes, lines)) {
      case ParsedBody.Drafts(var drafts) -> {
        var keys = new KeyRing(sites, secretOf(request, query), SenderReader.originOf(request));
        yield rates.admitsKeys(drafts, keys)
            ? intake.take(drafts, senders.read(request), keys)
            : new Receipt.TurnedAway(
                AnswerCode.RATE_LIMITED, "a write key of these events has sent too many");
      }
      case ParsedBody.Unusable(Refusal refusal) -> {
        metrics.judged(0, List.of(refusal));
        yield new Receipt.TurnedAway(AnswerCode.of(refusal.kind()), refusal.reason());
      }
    };
  }

  private void answer(Receipt receipt, boolean verbose, ServerResponse response) {
    CrossOrigin.allow(response);
    response.status(receipt.code().status()).header(JSON).header(NO_STORE);
    if (receipt.code().isForLater()) {
      response.header(HeaderNames.RETRY_AFTER, Long.toString(config.retryAfter().toSeconds()));
    }
    response.send(answers.write(receipt, verbose));
  }

  private static String typeOf(ServerRequest request) {
    String type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
    int parameters = type.indexOf(';');
    return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
  }

  private static String secretOf(ServerRequest request, QueryParameters query) {
    String authorization = request.headers().first(HeaderNames.AUTHORIZATION).orElse("");
    if (authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return authorization.substring(BEARER.length()).strip();
    }
    return query.value("key");
  }
}
