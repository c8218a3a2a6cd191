package io.millrace.collector;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.millrace.collector.log.ClickLog;
import io.millrace.collector.log.InMemoryClickLog;
import io.millrace.collector.sender.DailySalts;
import io.millrace.collector.sender.TransientSalts;
import io.millrace.model.SiteId;
import io.millrace.model.control.ControlCommand;
import io.millrace.model.control.Permission;
import io.millrace.model.control.SiteDirectory;
import io.millrace.model.control.WriteKey;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** A collector that really listens, on a free port, before a log in memory. */
public final class CollectorFixture implements AutoCloseable {
  public static final SiteId SITE = new SiteId("shop.example");
  public static final String KEY = "browser-key";
  public static final String SERVER_KEY = "server-key";
  static final String PAGE_KEY = "key-of-one-page";
  public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final String SCRIPT = "(function(){var endpoint='/v1/events';})();";

  final InMemoryClickLog memory = new InMemoryClickLog();
  final PrometheusRegistry registry = new PrometheusRegistry();
  private final WebServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  CollectorFixture() {
    this(CollectorConfig.DEFAULTS, HttpLimits.DEFAULTS);
  }

  CollectorFixture(CollectorConfig config, HttpLimits limits) {
    server = start(config, limits, memory, new TransientSalts());
  }

  CollectorFixture(ClickLog log) {
    server = start(CollectorConfig.DEFAULTS, HttpLimits.DEFAULTS, log, new TransientSalts());
  }

  CollectorFixture(DailySalts salts) {
    server = start(CollectorConfig.DEFAULTS, HttpLimits.DEFAULTS, memory, salts);
  }

  public static SiteDirectory sites() {
    var sites = new SiteDirectory();
    sites.apply(new ControlCommand.RegisterSite(SITE, "Shop"));
    sites.apply(new ControlCommand.IssueKey(WriteKey.hash(KEY), SITE, Set.of()));
    sites.apply(
        new ControlCommand.IssueKey(
            WriteKey.hash(SERVER_KEY), SITE, Set.of(Permission.ON_BEHALF, Permission.BACKFILL)));
    String limited = WriteKey.hash(PAGE_KEY);
    sites.apply(new ControlCommand.LimitKey(limited, Set.of("https://shop.example")));
    sites.apply(new ControlCommand.IssueKey(limited, SITE, Set.of()));
    return sites;
  }

  private WebServer start(
      CollectorConfig config, HttpLimits limits, ClickLog log, DailySalts salts) {
    var service =
        new CollectorService(
            config,
            sites(),
            log,
            salts,
            () -> NOW,
            registry,
            SCRIPT.getBytes(StandardCharsets.UTF_8));
    WebServerConfig.Builder builder = WebServer.builder();
    // Tests come from this machine, and count all the same.
    limits.applyTo(builder, address -> true);
    return builder
        .host("127.0.0.1")
        .shutdownHook(false)
        .routing(routing -> routing.register(service))
        .build()
        .start();
  }

  int port() {
    return server.port();
  }

  double inFlightBytes() {
    return registry.scrape().stream()
        .filter(
            metric -> metric.getMetadata().getName().equals("millrace_collector_in_flight_bytes"))
        .map(metric -> ((GaugeSnapshot) metric).getDataPoints().getFirst().getValue())
        .findFirst()
        .orElseThrow();
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
        .timeout(Duration.ofSeconds(20));
  }

  HttpResponse<String> post(String json) {
    return post("/v1/events?key=" + KEY, json);
  }

  HttpResponse<String> post(String path, String json) {
    return send(request(path).POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  HttpResponse<String> post(byte[] body, String... headers) {
    return send(
        request("/v1/events?key=" + KEY)
            .headers(headers)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    return send(request, HttpResponse.BodyHandlers.ofString());
  }

  <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
    try {
      return client.send(request.build(), handler);
    } catch (IOException failure) {
      throw new AssertionError("the request failed", failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    server.stop();
  }
}
