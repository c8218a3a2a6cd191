package io.millrace.query;

import static io.millrace.query.testing.ClickBuilder.aClick;
import static io.millrace.query.testing.EventStream.follow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.query.access.Caller;
import io.millrace.query.access.Right;
import io.millrace.query.access.SiteScope;
import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import io.millrace.query.testing.EventStream;
import io.millrace.query.testing.PushProbe;
import io.millrace.query.testing.QueryServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may ask what, on every route there is, and what those see who see some sites alone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(360)
class AccessTest {
  private static final SiteScope DEMO = new SiteScope.Only(Set.of("demo"));
  private static final SiteScope SITE_OF_OTHERS = new SiteScope.Only(Set.of("other"));
  private static final Caller ANALYST =
      new Caller("a1", "ada", Set.of(Right.VIEW, Right.QUERY), DEMO);

  private volatile Optional<Caller> caller = Optional.empty();
  private final QueryServer server =
      new QueryServer(
          request ->
              caller.orElseThrow(
                  () -> new QueryException(QueryErrorCode.UNAUTHENTICATED, "who is it?")));

  @BeforeAll
  void fill() {
    server.with(
        aClick().site("demo").path("/ours").visitor("v1").at(QueryServer.NOW).counted(),
        aClick().site("other").path("/theirs").visitor("v2").at(QueryServer.NOW).counted());
    // The first query loads what computes queries, which may take longer than one may.
    caller = Optional.of(Caller.ANYONE);
    await()
        .atMost(Duration.ofMinutes(5))
        .untilAsserted(
            () -> assertThat(sql("SELECT COUNT(*) FROM pages").statusCode()).isEqualTo(200));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @BeforeEach
  void nobodyYet() {
    caller = Optional.empty();
  }

  @TestFactory
  Stream<DynamicTest> noRouteAnswersStrangers() {
    return server.service.routes().stream()
        .map(
            route ->
                DynamicTest.dynamicTest(
                    route.path(),
                    () -> {
                      caller = Optional.empty();
                      HttpResponse<String> answer = ask(route);

                      assertThat(answer.statusCode()).isEqualTo(401);
                      assertThat(answer.body()).contains("unauthenticated");
                      assertThat(answer.headers().firstValue("WWW-Authenticate"))
                          .contains("Bearer");
                    }));
  }

  @TestFactory
  Stream<DynamicTest> noRouteAnswersThoseWithEveryOtherRight() {
    return server.service.routes().stream()
        .map(
            route ->
                DynamicTest.dynamicTest(
                    route.path(),
                    () -> {
                      Set<Right> others = EnumSet.complementOf(EnumSet.of(route.right()));
                      caller = Optional.of(new Caller("o", "other", others, SiteScope.every()));

                      assertThat(ask(route).statusCode()).isEqualTo(403);
                    }));
  }

  /** The same requests are answered to those with the right, or the tests above say nothing. */
  @TestFactory
  Stream<DynamicTest> everyRouteAnswersThoseWithTheRight() {
    return server.service.routes().stream()
        .filter(route -> !route.path().equals("/live"))
        .map(
            route ->
                DynamicTest.dynamicTest(
                    route.path(),
                    () -> {
                      caller =
                          Optional.of(
                              new Caller("o", "other", Set.of(route.right()), SiteScope.every()));

                      assertThat(ask(route).statusCode()).isNotIn(401, 403, 404, 405);
                    }));
  }

  private HttpResponse<String> ask(Route route) {
    String path = "/api/v1" + route.path().replace("{view}", "pages");
    return switch (route.method()) {
      case GET -> server.get(path + (route.name().equals("view") ? "?site=demo" : ""));
      case POST ->
          server.send(
              server
                  .request(path)
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString("{\"sql\":\"SELECT 1\"}")));
    };
  }

  @Test
  void viewsOfOtherSitesAreRefusedWhetherThereIsSuchASiteOrNot() {
    caller = Optional.of(ANALYST);

    assertThat(server.get("/api/v1/views/pages?site=demo").body()).contains("/ours");
    HttpResponse<String> others = server.get("/api/v1/views/pages?site=other");
    HttpResponse<String> nobodys = server.get("/api/v1/views/pages?site=nobody");
    assertThat(others.statusCode()).isEqualTo(403);
    assertThat(nobodys.statusCode()).isEqualTo(403);
    assertThat(others.body().replace("other", "nobody")).isEqualTo(nobodys.body());
  }

  @Test
  void listsNameNoOtherSiteAndNoViewOfAllSites() {
    caller = Optional.of(ANALYST);

    assertThat(server.get("/api/v1/sites").body()).contains("demo").doesNotContain("other");
    assertThat(server.get("/api/v1/views").body())
        .contains("\"pages\"")
        .doesNotContain("\"per_site\":false");
  }

  /** Neither by its columns nor by another refusal than that of a view that is not there. */
  @ParameterizedTest
  @ValueSource(strings = {"", "?x=1", "?grain=x", "?order=x", "?site=demo", "?format=x"})
  void aViewOfAllSitesIsLikeOneThatIsNotThere(String parameters) {
    caller = Optional.of(Caller.ANYONE);
    assertThat(server.get("/api/v1/views/books").statusCode()).isEqualTo(200);
    caller = Optional.of(ANALYST);

    HttpResponse<String> books = server.get("/api/v1/views/books" + parameters);
    HttpResponse<String> nothing = server.get("/api/v1/views/nothing" + parameters);

    assertThat(books.statusCode()).isEqualTo(404);
    assertThat(books.body().replace("books", "nothing")).isEqualTo(nothing.body());
  }

  @Test
  void theDescriptionTellsOfViewsPerSiteAlone() {
    caller = Optional.of(Caller.ANYONE);
    assertThat(server.get("/api/v1/openapi.json").body()).contains("\"books\"");
    caller = Optional.of(ANALYST);

    assertThat(server.get("/api/v1/openapi.json").body())
        .contains("\"pages\"")
        .doesNotContain("\"books\"");
  }

  @Test
  void aStreamEndsWithTheRightToIt() {
    caller = Optional.of(ANALYST);
    try (EventStream stream = follow(server, "demo")) {
      assertThat(stream.next("snapshot").at("/site").asText()).isEqualTo("demo");

      caller = Optional.of(new Caller("a1", "ada", ANALYST.rights(), SITE_OF_OTHERS));

      assertThat(stream.ends()).isTrue();
    }
  }

  @Test
  void liveStreamsAreOfOwnSites() {
    caller = Optional.of(ANALYST);

    assertThat(server.get("/api/v1/live?site=other").statusCode()).isEqualTo(403);
    try (EventStream stream = follow(server, "demo")) {
      assertThat(stream.next("snapshot").at("/site").asText()).isEqualTo("demo");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT site, path FROM pages",
        "SELECT site, path FROM pages WHERE site = 'other' OR TRUE",
        "SELECT site, path FROM pages WHERE site IN ('demo', 'other')",
        "SELECT site, path FROM pages WHERE site <> 'demo' OR site = 'demo'",
        "SELECT a.site, b.path FROM pages a CROSS JOIN pages b",
        "SELECT site, path FROM (SELECT site, path FROM pages UNION ALL SELECT site, path FROM"
            + " pages WHERE site = 'other')",
        "WITH p AS (SELECT * FROM pages) SELECT site, path FROM p",
        "SELECT p.site, (SELECT MAX(path) FROM pages) AS path FROM pages p",
        "SELECT site, path FROM pages UNION SELECT 'x', path FROM pages WHERE site = 'other'",
        "SELECT site, path FROM \"pages\" GROUP BY GROUPING SETS ((site, path), (site), ())",
      })
  void rowsOfOtherSitesAreInvisibleWhateverTheQuery(String sql) {
    // Whoever sees all has them, and has left the plan of the query behind.
    caller = Optional.of(Caller.ANYONE);
    String all = sql(sql).body();
    caller = Optional.of(ANALYST);

    String own = sql(sql).body();

    assertThat(all).contains("/theirs");
    assertThat(own).contains("/ours").doesNotContain("/theirs").doesNotContain("\"other\"");
  }

  @Test
  void countsSayNothingOfOtherSites() {
    caller = Optional.of(ANALYST);

    assertThat(sql("SELECT SUM(events) FROM pages").body()).contains("\"rows\":[[1]]");
    assertThat(sql("SELECT COUNT(*) FROM pages WHERE site = 'other'").body())
        .contains("\"rows\":[[0]]");
  }

  @Test
  void viewsOfAllSitesAreNoTablesEvenWhereThePlanIsKnown() {
    caller = Optional.of(Caller.ANYONE);
    String sql = "SELECT * FROM books";
    assertThat(sql(sql).statusCode()).isEqualTo(200);
    caller = Optional.of(ANALYST);

    assertThat(sql(sql).statusCode()).isIn(400, 404);
    assertThat(sql("EXPLAIN PLAN FOR " + sql).statusCode()).isIn(400, 404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE MATERIALIZED VIEW mine AS SELECT country, COUNT(*) AS n"
            + " FROM clicks GROUP BY country",
        "CREATE OR REPLACE MATERIALIZED VIEW mine AS SELECT country, COUNT(*) AS n"
            + " FROM clicks GROUP BY country",
        "DROP VIEW mine",
        "DROP TABLE mine",
      })
  void whoOnlyAsksChangesNothing(String statement) {
    caller = Optional.of(new Caller("q", "q", Set.of(Right.QUERY, Right.VIEW), SiteScope.every()));

    HttpResponse<String> answer = sql(statement);

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("right to change");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"SHOW VIEWS", "SHOW TABLES", "SHOW CREATE VIEW pages", "EXPLAIN VIEW pages"})
  void whoSeesSomeSitesIsNotToldOfTheProgram(String statement) {
    caller = Optional.of(ANALYST);
    assertThat(sql(statement).statusCode()).isEqualTo(403);

    caller = Optional.of(Caller.ANYONE);
    assertThat(sql(statement).statusCode()).isEqualTo(200);
  }

  @Test
  void pushQueriesOverViewsAreOfOwnSites() {
    String sql = "SELECT site, path FROM pages EMIT CHANGES";
    caller = Optional.of(Caller.ANYONE);
    try (PushProbe all = PushProbe.open(server, sql)) {
      all.next();
      assertThat(all.next().rows()).contains("/theirs");
      caller = Optional.of(ANALYST);
      try (PushProbe own = PushProbe.open(server, sql)) {
        own.next();
        assertThat(own.next().rows()).contains("/ours").doesNotContain("/theirs");
      }
    }
  }

  @Test
  void pushQueriesOverClicksAreOfOwnSites() {
    caller = Optional.of(ANALYST);
    try (PushProbe own = PushProbe.open(server, "SELECT site, path FROM clicks EMIT CHANGES")) {
      own.next();
      server.tail.publish(
          aClick().site("other").path("/theirs").at(QueryServer.NOW).counted(),
          aClick().site("demo").path("/ours").at(QueryServer.NOW).counted());

      assertThat(own.next().rows()).isEqualTo("[[\"demo\",\"/ours\"]]");
    }
  }

  @Test
  void jdbcShowsOwnSitesAndNoConnectionOfOthers() throws SQLException {
    caller = Optional.of(ANALYST);
    String url = "jdbc:avatica:remote:url=http://127.0.0.1:" + server.port() + "/api/v1/jdbc";
    try (Connection connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      assertThat(paths(statement.executeQuery("SELECT path FROM pages"))).containsExactly("/ours");
      assertThat(paths(connection.getMetaData().getTables(null, null, "books", null))).isEmpty();
      assertThatThrownBy(() -> statement.executeQuery("SELECT * FROM books"))
          .isInstanceOf(SQLException.class);

      // Another caller who has guessed the name of the connection has none.
      caller = Optional.of(new Caller("b2", "bob", ANALYST.rights(), SiteScope.every()));
      assertThatThrownBy(() -> statement.executeQuery("SELECT path FROM pages"))
          .isInstanceOf(SQLException.class);
      caller = Optional.of(ANALYST);
    }
  }

  @Test
  void aTokenHasAFewConnectionsAndLeavesOthersTheirs() throws SQLException {
    String url = "jdbc:avatica:remote:url=http://127.0.0.1:" + server.port() + "/api/v1/jdbc";
    caller = Optional.of(ANALYST);
    var open = new ArrayList<Connection>();
    try {
      for (int i = 0; i < 20; i++) {
        open.add(DriverManager.getConnection(url));
        open.getLast().getMetaData().getTableTypes().close();
      }
      assertThatThrownBy(() -> DriverManager.getConnection(url).getMetaData().getTableTypes())
          .hasStackTraceContaining("has 20 connections");

      caller = Optional.of(new Caller("b2", "bob", ANALYST.rights(), SiteScope.every()));
      try (Connection others = DriverManager.getConnection(url)) {
        assertThat(paths(others.getMetaData().getTables(null, null, "books", null))).isNotNull();
      }
    } finally {
      caller = Optional.of(ANALYST);
      for (Connection connection : open) {
        connection.close();
      }
    }
  }

  private static List<String> paths(ResultSet rows) throws SQLException {
    var paths = new ArrayList<String>();
    while (rows.next()) {
      paths.add(rows.getString(1));
    }
    return paths;
  }

  private HttpResponse<String> sql(String statement) {
    return server.send(
        server
            .request("/api/v1/sql")
            .header("Content-Type", "application/sql")
            .POST(BodyPublishers.ofString(statement)));
  }
}
