package io.millrace.collector;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.millrace.collector.event.EventJudge;
import io.millrace.collector.log.ClickLog;
import io.millrace.collector.sender.DailySalts;
import io.millrace.collector.sender.VisitorNaming;
import io.millrace.model.control.SiteDirectory;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.InstantSource;

/**
 * The collector's endpoints, to be registered in an HTTP server of {@link HttpLimits}: events, the
 * pixel and the tracker script. Every request has a virtual thread of its own and simply waits.
 *
 * <p>The log, the directory and the registry stay the caller's; stopping the server ends what this
 * class began.
 */
public final class CollectorService implements HttpService {
  private final CollectorConfig config;
  private final ReadDeadlines deadlines = new ReadDeadlines();
  private final EventsHandler events;
  private final PixelHandler pixel;
  private final ScriptHandler script;

  /**
   * Joins the parts; nothing is read or written before the first request.
   *
   * @param trackerScript the browser tracker, UTF-8
   */
  public CollectorService(
      CollectorConfig config,
      SiteDirectory sites,
      ClickLog log,
      DailySalts salts,
      InstantSource clock,
      PrometheusRegistry registry,
      byte[] trackerScript) {
    this.config = config;
    var budget = new ByteBudget(config.maxInFlightBytes());
    var metrics = new CollectorMetrics(registry, budget);
    var senders = new SenderReader(config.trustedProxies(), clock);
    var judge = new EventJudge(new VisitorNaming(salts), config.maxFuture());
    var intake = new Intake(judge, log, config.answerTimeout(), metrics);
    var body = new RequestBody(config, deadlines);
    var rates = new RequestRates(config);
    events = new EventsHandler(config, sites, body, budget, senders, rates, intake, metrics);
    pixel = new PixelHandler(config, sites, budget, senders, rates, intake, metrics);
    script = new ScriptHandler(trackerScript, config.eventsPath());
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .post(config.eventsPath(), events)
        .options(config.eventsPath(), CrossOrigin::preflight)
        .any(config.eventsPath(), CrossOrigin.methodNotAllowed("POST, OPTIONS"))
        .get(config.pixelPath(), pixel)
        .head(config.pixelPath(), pixel::peek)
        .options(config.pixelPath(), CrossOrigin::preflight)
        .any(config.pixelPath(), CrossOrigin.methodNotAllowed("GET, HEAD, OPTIONS"))
        .get(config.scriptPath(), script)
        .head(config.scriptPath(), script)
        .options(config.scriptPath(), CrossOrigin::preflight)
        .any(config.scriptPath(), CrossOrigin.methodNotAllowed("GET, HEAD, OPTIONS"));
  }

  @Override
  public void afterStop() {
    deadlines.close();
  }
}
