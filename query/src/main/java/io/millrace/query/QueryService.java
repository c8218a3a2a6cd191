package io.millrace.query;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.millrace.model.control.SiteDirectory;
import io.millrace.query.answer.QueryString;
import io.millrace.query.live.LiveHub;
import io.millrace.query.live.SnapshotReader;
import io.millrace.query.sql.SqlLimits;
import io.millrace.query.sql.SqlQueries;
import io.millrace.query.sql.push.PushConfig;
import io.millrace.query.sql.push.PushHub;
import io.millrace.views.CellReader;
import io.millrace.views.ClickFeed;
import io.millrace.views.ClickTail;
import io.millrace.views.Progress;
import io.millrace.views.ViewCatalog;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/**
 * The interface for readers: which sites and views there are, what the views say, and what happens
 * right now. To be mounted at {@link #ROOT}. Safe for any number of threads.
 *
 * <p>Starts and stops with its server. Closing it before the server is stopped ends the open
 * streams at once, for which the server would wait.
 */
public final class QueryService implements HttpService, AutoCloseable {
  public static final String ROOT = "/api/v1";

  /** A group of a view may have sketches, a row of a query seldom does. */
  private static final int ROWS_HELD_PER_GROUP = 10;

  private final List<Route> routes;
  private final LiveHub hub;
  private final PushHub pushes;
  private final QueryMetrics metrics;

  public QueryService(
      QueryConfig config,
      PushConfig pushConfig,
      ViewCatalog catalog,
      CellReader cells,
      SiteDirectory sites,
      Progress progress,
      ClickFeed feed,
      ClickTail tail,
      InstantSource clock,
      PrometheusRegistry registry) {
    metrics = new QueryMetrics(registry);
    hub =
        new LiveHub(
            new SnapshotReader(catalog, cells, progress, clock),
            feed,
            config.maxLiveConnections(),
            config.snapshotInterval(),
            config.feedSample());
    var turns = new Turns(config);
    var views = new ViewRoutes(config, catalog, cells, sites, progress, clock, turns, metrics);
    SqlQueries queries = queries(config, catalog, cells, sites, clock);
    pushes =
        new PushHub(pushConfig, tail, cells, queries, () -> idsOf(sites), turns::take, metrics);
    var sql = new SqlRoute(queries, pushes, turns, metrics);
    var live = new LiveRoute(sites, hub, metrics);
    byte[] description = ApiDescription.of(catalog, config);
    routes =
        List.of(
            route("/sites", "sites", views::sites),
            route("/views", "views", views::views),
            route("/views/{view}", "view", views::view),
            route("/openapi.json", "openapi", request -> described(request, description)),
            new Route(Route.Method.GET, "/live", LiveRoute.NAME, live::handle),
            new Route(Route.Method.POST, "/sql", SqlRoute.NAME, sql::handle));
  }

  private static SqlQueries queries(
      QueryConfig config,
      ViewCatalog catalog,
      CellReader cells,
      SiteDirectory sites,
      InstantSource clock) {
    return new SqlQueries(
        catalog,
        cells,
        () -> idsOf(sites),
        clock,
        new SqlLimits(
            config.maxRows(),
            config.maxCellsScanned(),
            (long) ROWS_HELD_PER_GROUP * config.maxGroups(),
            config.queryTimeout()));
  }

  private static List<String> idsOf(SiteDirectory sites) {
    return sites.sites().stream().map(site -> site.id().value()).toList();
  }

  private static Answer described(ServerRequest request, byte[] description) {
    QueryString.parse(request.query().rawValue()).requireKnown(List.of());
    return new Answer(
        Status.OK_200,
        Answer.JSON,
        List.of(HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-cache")),
        description);
  }

  private Route route(String path, String name, Function<ServerRequest, Answer> answer) {
    Handler handler =
        (request, response) -> {
          long started = System.nanoTime();
          Status status = Exchange.answer(request, response, () -> answer.apply(request));
          metrics.answered(name, status.code(), System.nanoTime() - started);
        };
    return new Route(Route.Method.GET, path, name, handler);
  }

  List<Route> routes() {
    return routes;
  }

  @Override
  public void routing(HttpRules rules) {
    for (Route route : routes) {
      switch (route.method()) {
        case GET -> {
          rules.get(route.path(), route.handler());
          rules.head(route.path(), route.handler());
        }
        case POST -> rules.post(route.path(), route.handler());
      }
      rules.any(route.path(), (request, response) -> refuseMethod(route, request, response));
    }
  }

  private void refuseMethod(Route route, ServerRequest request, ServerResponse response) {
    Answer refusal = ErrorAnswer.ofMethod(route.method());
    metrics.counted(route.name(), refusal.status().code());
    Exchange.send(request, response, refusal);
  }

  @Override
  public void beforeStart() {
    hub.start();
    pushes.start();
  }

  @Override
  public void afterStop() {
    close();
  }

  @Override
  public void close() {
    hub.close();
    pushes.close();
  }
}
