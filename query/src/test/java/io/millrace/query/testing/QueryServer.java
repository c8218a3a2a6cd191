package io.millrace.query.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.helidon.webserver.WebServer;
import io.millrace.model.SiteId;
import io.millrace.model.control.ControlCommand;
import io.millrace.model.control.SiteDirectory;
import io.millrace.query.DashboardService;
import io.millrace.query.QueryConfig;
import io.millrace.query.QueryService;
import io.millrace.query.SampleSite;
import io.millrace.query.access.Access;
import io.millrace.query.sql.push.PushConfig;
import io.millrace.views.DefinedViews;
import io.millrace.views.JudgedClick;
import io.millrace.views.ViewCatalog;
import io.millrace.views.ViewControl;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A started server over memory, with the sites demo and other, whose clock stands still. */
public final class QueryServer implements AutoCloseable {
  public static final Instant NOW = Instant.parse("2026-11-01T12:00:30Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  public final InMemoryCells cells = new InMemoryCells(ViewCatalog.builtIn());
  public final InMemoryFeed feed = new InMemoryFeed();
  public final InMemoryTail tail = new InMemoryTail();
  public final SettableProgress progress = new SettableProgress();
  public final PrometheusRegistry registry = new PrometheusRegistry();
  public final QueryService service;
  private final WebServer server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  public QueryServer() {
    this(
        QueryConfig.defaults(),
        Optional.of(new SampleSite("key-<1>", "/millrace.js", "/v1/events")));
  }

  public QueryServer(QueryConfig config, Optional<SampleSite> sample) {
    this(config, PushConfig.defaults(), sample);
  }

  public QueryServer(QueryConfig config, PushConfig pushConfig, Optional<SampleSite> sample) {
    this(Access.OPEN, config, pushConfig, sample);
  }

  /** One that asks who asks. */
  public QueryServer(Access access) {
    this(access, QueryConfig.defaults(), PushConfig.defaults(), Optional.empty());
  }

  private QueryServer(
      Access access, QueryConfig config, PushConfig pushConfig, Optional<SampleSite> sample) {
    var sites = new SiteDirectory();
    sites.apply(new ControlCommand.RegisterSite(new SiteId("demo"), "Demo site"));
    sites.apply(new ControlCommand.RegisterSite(new SiteId("other"), "Other site"));
    service =
        new QueryService(
            access,
            config,
            pushConfig,
            DefinedViews.none(),
            ViewControl.NONE,
            cells,
            sites,
            progress,
            feed,
            tail,
            () -> NOW,
            registry);
    server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .routing(
                routing ->
                    routing
                        .register(QueryService.ROOT, service)
                        .register("/", new DashboardService(sample, false)))
            .build()
            .start();
  }

  public QueryServer with(JudgedClick... clicks) {
    cells.add(clicks);
    return this;
  }

  public int port() {
    return server.port();
  }

  public HttpClient client() {
    return client;
  }

  public HttpRequest.Builder request(String pathAndQuery) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + pathAndQuery))
        .timeout(Duration.ofSeconds(20));
  }

  public HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException failure) {
      throw new AssertionError("no answer", failure);
    }
  }

  public HttpResponse<String> get(String pathAndQuery) {
    return send(request(pathAndQuery));
  }

  /** The answer to a query that must succeed. */
  public JsonNode json(String pathAndQuery) {
    HttpResponse<String> response = get(pathAndQuery);
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + ": " + response.body());
    }
    return parse(response.body());
  }

  public static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException malformed) {
      throw new AssertionError("not JSON: " + text, malformed);
    }
  }

  @Override
  public void close() {
    service.close();
    server.stop();
    client.close();
  }
}
