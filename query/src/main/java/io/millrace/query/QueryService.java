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
import io.millrace.query.access.Access;
import io.millrace.query.access.Caller;
import io.millrace.query.access.CallersStreams;
import io.millrace.query.access.Right;
import io.millrace.query.answer.QueryString;
import io.millrace.query.error.QueryException;
import io.millrace.query.live.LiveHub;
import io.millrace.query.live.SnapshotReader;
import io.millrace.query.sql.SqlLimits;
import io.millrace.query.sql.SqlQueries;
import io.millrace.query.sql.push.PushConfig;
import io.millrace.query.sql.push.PushHub;
import io.millrace.query.statements.Statements;
import io.millrace.views.CellReader;
import io.millrace.views.ClickFeed;
import io.millrace.views.ClickTail;
import io.millrace.views.CurrentCatalog;
import io.millrace.views.DefinedViews;
import io.millrace.views.Progress;
import io.millrace.views.ViewCatalog;
import io.millrace.views.ViewControl;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiFunction;

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

  private final Access access;
  private final List<Route> routes;
  private final LiveHub hub;
  private final PushHub pushes;
  private final QueryMetrics metrics;

  /** One that anyone may ask everything. */
  public QueryService(
      QueryConfig config,
      PushConfig pushConfig,
      DefinedViews defined,
      ViewControl control,
      CellReader cells,
      SiteDirectory sites,
      Progress progress,
      ClickFeed feed,
      ClickTail tail,
      InstantSource clock,
      PrometheusRegistry registry) {
    this(
        Access.OPEN,
        config,
        pushConfig,
        defined,
        control,
        cells,
        sites,
        progress,
        feed,
        tail,
        clock,
        registry);
  }

  /**
   * One that asks who asks.
   *
   * @param access tells who sends a request
   */
  public QueryService(
      Access access,
      QueryConfig config,
      PushConfig pushConfig,
      DefinedViews defined,
      ViewControl control,
      CellReader cells,
      SiteDirectory sites,
      Progress progress,
      ClickFeed feed,
      ClickTail tail,
      InstantSource clock,
      PrometheusRegistry registry) {
    this.access = access;
    metrics = new QueryMetrics(registry);
    hub =
        new LiveHub(
            new SnapshotReader(ViewCatalog.builtIn(), cells, progress, clock),
            feed,
            config.maxLiveConnections(),
            config.snapshotInterval(),
            config.feedSample());
    var turns = new Turns(config);
    var seen = SeenViews.of(defined::catalog);
    var views = new ViewRoutes(config, seen, cells, sites, progress, clock, turns, metrics);
    SqlQueries queries = queries(config, defined, control, cells, sites, clock);
    pushes =
        new PushHub(
            pushConfig, tail, cells, queries, () -> idsOf(sites), turns::takeForAll, metrics);
    var streams = new CallersStreams();
    var bodies = new Bodies(Bodies.MOST_BYTES);
    var sql =
        new SqlRoute(
            access,
            new Statements(queries, defined, control),
            pushes,
            streams,
            turns,
            bodies,
            metrics);
    var jdbc = new JdbcRoute(queries, turns, bodies, metrics, clock);
    var live = new LiveRoute(access, sites, hub, streams, metrics);
    routes =
        List.of(
            route("/sites", "sites", views::sites),
            route("/views", "views", views::views),
            route("/views/{view}", "view", views::view),
            route(
                "/openapi.json",
                "openapi",
                (request, caller) ->
                    described(request, ApiDescription.of(seen.by(caller), config))),
            new Route(Route.Method.GET, "/live", LiveRoute.NAME, Right.VIEW, live::handle),
            new Route(Route.Method.POST, "/sql", SqlRoute.NAME, Right.QUERY, sql::handle),
            new Route(Route.Method.POST, "/jdbc", JdbcRoute.NAME, Right.QUERY, jdbc::handle));
  }

  private static SqlQueries queries(
      QueryConfig config,
      DefinedViews defined,
      ViewControl control,
      CellReader cells,
      SiteDirectory sites,
      InstantSource clock) {
    return new SqlQueries(
        new CurrentCatalog(defined, control.tables()),
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

  private Route route(String path, String name, BiFunction<ServerRequest, Caller, Answer> answer) {
    Route.Handler handler =
        (request, response, caller) -> {
          long started = System.nanoTime();
          Status status = Exchange.answer(request, response, () -> answer.apply(request, caller));
          metrics.answered(name, status.code(), System.nanoTime() - started);
        };
    return new Route(Route.Method.GET, path, name, Right.VIEW, handler);
  }

  /** Lets nobody to a route who has no right to it. */
  private Handler guarded(Route route) {
    return (request, response) -> {
      Caller caller;
      try {
        caller = access.require(request, route.right());
      } catch (QueryException refused) {
        Answer refusal = ErrorAnswer.of(refused);
        metrics.counted(route.name(), refusal.status().code());
        Exchange.refuse(request, response, refusal);
        return;
      }
      route.handler().handle(request, response, caller);
    };
  }

  List<Route> routes() {
    return routes;
  }

  @Override
  public void routing(HttpRules rules) {
    for (Route route : routes) {
      switch (route.method()) {
        case GET -> {
          rules.get(route.path(), guarded(route));
          rules.head(route.path(), guarded(route));
        }
        case POST -> rules.post(route.path(), guarded(route));
      }
      rules.any(route.path(), (request, response) -> refuseMethod(route, request, response));
    }
  }

  private void refuseMethod(Route route, ServerRequest request, ServerResponse response) {
    Answer refusal = ErrorAnswer.ofMethod(route.method());
    metrics.counted(route.name(), refusal.status().code());
    Exchange.refuse(request, response, refusal);
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
