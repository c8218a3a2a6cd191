package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.SameSiteAttribute;
import io.millrace.model.Namespace;
import io.millrace.model.SiteId;
import io.millrace.model.Topic;
import io.millrace.model.TopicLayout;
import io.millrace.model.control.WriteKey;
import io.millrace.ops.Cluster;
import io.millrace.ops.TopicSetup;
import io.millrace.query.QueryService;
import io.millrace.server.ServerException;
import io.millrace.server.config.HttpConfig;
import io.millrace.server.instance.InstanceConfig;
import io.millrace.server.instance.LocalInstance;
import io.millrace.server.security.ClusterSecret;
import io.millrace.server.security.InternalRequest;
import io.millrace.testing.harness.BrowserWindow;
import io.millrace.testing.harness.RawHttp;
import io.millrace.testing.harness.SecuredInstance;
import io.millrace.testing.harness.TestBrowser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole Millrace that asks for tokens, and those who have none, or other things in mind. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class HttpHardeningIT {
  private static final String ADMIN = "an-admin-token-of-the-tests-0123456789";
  private static final String CLUSTER = "a-cluster-secret-of-the-tests-0123456789";
  private static final Set<String> PUBLIC =
      Set.of("/v1/events", "/v1/pixel.gif", "/millrace.js", "/health/live", "/health/ready");
  private static final Set<String> PAGES =
      Set.of("/", "/sql", "/assets/app.js", "/login", "/logout", "/sample", "/sample/x");
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW");

  private Path folder = Path.of("");
  private SecuredInstance millrace;

  @BeforeAll
  void start(@TempDir Path data) {
    folder = data;
    millrace = SecuredInstance.start(data, ADMIN, CLUSTER);
    millrace.admit(new SiteId("ours"), "Ours", "key-of-ours", Set.of());
    millrace.admit(new SiteId("theirs"), "Theirs", "key-of-theirs", Set.of());
  }

  @AfterAll
  void stop() {
    millrace.close();
  }

  @Test
  void noRouteAnswersWithoutATokenByAnyMethodAndNoneFails() throws Exception {
    for (String path : paths()) {
      for (String method : METHODS) {
        for (String header : List.of("X: x", "Authorization: Bearer mlr_none_none")) {
          String answer = millrace.raw(method + " " + path, header);
          String what = method + " " + path + ": " + answer;

          assertThat(status(answer)).as(what).isBetween(200, 499);
          assertThat(answer).as(what).containsIgnoringCase("X-Content-Type-Options: nosniff");
          assertThat(answer).as(what).containsIgnoringCase("frame-ancestors 'none'");
          if (path.startsWith("/api/") || path.equals("/metrics")) {
            assertThat(status(answer)).as(what).isIn(401, 405);
          } else {
            assertThat(PUBLIC.contains(path) || PAGES.contains(path)).as(path).isTrue();
          }
        }
      }
    }
  }

  @Test
  void pagesAreForThoseWhoHaveLoggedIn() throws Exception {
    for (String path : List.of("/", "/sql")) {
      assertThat(millrace.raw("GET " + path, "X: x")).contains("303").contains("Location: /login");
      assertThat(millrace.raw("GET " + path, "Cookie: millrace-token=" + ADMIN)).contains("200 OK");
    }
    assertThat(millrace.raw("GET /api/v1/sites", "Cookie: millrace-token=" + ADMIN))
        .contains("theirs");
    assertThat(
            millrace.raw(
                "GET /api/v1/sites",
                "Cookie: millrace-token=" + ADMIN + "\r\nSec-Fetch-Site: cross-site"))
        .startsWith("HTTP/1.1 403");
    assertThat(millrace.raw("GET /nothing/here", "X: x"))
        .startsWith("HTTP/1.1 404")
        .contains("frame-ancestors 'none'");
  }

  @Test
  void aPersonLogsInAndOutInABrowser() throws Exception {
    try (TestBrowser browser = TestBrowser.startOrSkip();
        BrowserWindow window = browser.open(millrace.url(), 1_360, ColorScheme.LIGHT)) {
      // Given
      window.go("/sql");
      window.awaitTrue("location.pathname === '/login'");
      window.page().fill("input[name=token]", "mlr_none_none");
      window.page().click("button[type=submit]");
      window.awaitTrue("document.querySelector('[role=alert]').textContent.includes('unknown')");

      // When
      window.page().fill("input[name=token]", ADMIN);
      window.page().click("button[type=submit]");

      // Then
      window.awaitTrue("document.querySelector('#site')?.textContent.includes('Theirs')");
      assertThat(window.evaluate("document.cookie")).as("no script can read it").isEqualTo("");
      assertThat(window.context().cookies())
          .singleElement()
          .satisfies(
              cookie -> {
                assertThat(cookie.httpOnly).isTrue();
                assertThat(cookie.sameSite).isEqualTo(SameSiteAttribute.STRICT);
              });
      window.go("/sql");
      window.awaitTrue("document.querySelector('#run') !== null");

      // When
      window.page().click(".log-out button");

      // Then
      window.awaitTrue("location.pathname === '/login'");
      assertThat(window.context().cookies()).isEmpty();
      window.go("/");
      window.awaitTrue("location.pathname === '/login'");
    }
  }

  @Test
  void nothingChangesByGet() throws Exception {
    String before = millrace.get("/api/v1/sites", ADMIN).body();
    for (String path : paths()) {
      millrace.raw(
          "GET " + path + "?sql=DROP%20VIEW%20x&token=x", "Authorization: Bearer " + ADMIN);
    }

    assertThat(millrace.get("/api/v1/sites", ADMIN).body()).isEqualTo(before);
    assertThat(millrace.raw("GET /api/v1/sql", "Authorization: Bearer " + ADMIN)).contains("405");
    assertThat(millrace.raw("GET /logout", "X: x")).contains("405");
  }

  @Test
  void tokensAreMadeOnTheCommandLineAndAreWorthWhatTheySay() throws Exception {
    String analyst =
        millrace.token("create", "--role", "analyst", "--name", "ada", "--site", "ours");
    String operator = millrace.token("create", "--role", "operator", "--name", "otto");
    String expired =
        millrace.token("create", "--role", "admin", "--name", "eve", "--expires", "0s");

    assertThat(millrace.get("/api/v1/sites", analyst).body())
        .contains("ours")
        .doesNotContain("theirs");
    // The first query loads what computes queries, which may take longer than one may.
    await("the first query")
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(
            () -> assertThat(millrace.sql("SELECT 1 AS x", analyst).statusCode()).isEqualTo(200));
    assertThat(millrace.get("/api/v1/live?site=theirs", analyst).statusCode()).isEqualTo(403);
    assertThat(millrace.get("/api/v1/views/pages?site=theirs", analyst).statusCode())
        .isEqualTo(403);
    assertThat(millrace.get("/metrics", analyst).statusCode()).isEqualTo(403);
    assertThat(millrace.get("/api/v1/audit", analyst).statusCode()).isEqualTo(403);
    assertThat(millrace.sql("DROP VIEW IF EXISTS mine", analyst).statusCode()).isEqualTo(403);
    assertThat(millrace.get("/metrics", operator).statusCode()).isEqualTo(200);
    assertThat(millrace.get("/api/v1/sites", operator).statusCode()).isEqualTo(403);
    assertThat(millrace.get("/api/v1/sites", expired).statusCode()).isEqualTo(401);

    millrace.sql(
        "CREATE MATERIALIZED VIEW mine WITH (start = 'now') AS SELECT country, COUNT(*) AS n FROM"
            + " clicks GROUP BY country",
        ADMIN);
    millrace.token("revoke", analyst.split("_", -1)[1]);

    assertThat(millrace.get("/api/v1/sites", analyst).statusCode()).isEqualTo(401);
    String history = SecuredInstance.output("history", "--data", folder.toString());
    assertThat(history)
        .containsPattern("command line of .* token \\w+ for ada as analyst of \\[ours]")
        .containsPattern("command line of .* token \\w+ revoked")
        .containsPattern("admin token +view mine defined")
        .doesNotContain(ADMIN)
        .doesNotContain(operator);
    assertThat(SecuredInstance.output("token", "list", "--data", folder.toString()))
        .contains("otto")
        .doesNotContain("ada")
        .doesNotContain(operator);
  }

  @Test
  void aKeyThatLeakedIsTakenBackOnTheCommandLine() throws Exception {
    String data = folder.toString();
    String first = SecuredInstance.output("key", "--site", "ours", "--data", data).strip();
    String second = SecuredInstance.output("key", "--site", "ours", "--data", data).strip();
    Path file = Files.writeString(folder.resolve("leaked"), first + "\n");
    String hash = WriteKey.hash(second).substring(0, 12);
    assertThat(SecuredInstance.output("key", "list", "--data", data))
        .contains(WriteKey.hash(first).substring(0, 12) + "  ours")
        .contains(hash + "  ours")
        .doesNotContain(first)
        .doesNotContain(second);

    SecuredInstance.output("key", "revoke", "--key-file", file.toString(), "--data", data);
    SecuredInstance.output("key", "revoke", hash, "--data", data);

    assertThat(SecuredInstance.output("key", "list", "--data", data))
        .contains(WriteKey.hash("key-of-ours").substring(0, 12))
        .doesNotContain(hash)
        .doesNotContain(WriteKey.hash(first).substring(0, 12));
    for (String key : List.of(first, second)) {
      assertThat(millrace.raw("GET /v1/pixel.gif?url=https://ours/&key=" + key, "X: x"))
          .startsWith("HTTP/1.1 401");
    }
  }

  @Test
  void commandsTakeKafkaTheNamespaceAndTheTokenFromAConfiguration(@TempDir Path elsewhere)
      throws Exception {
    String config =
        Files.writeString(
                elsewhere.resolve("millrace.yaml"),
                """
                kafka.bootstrap.servers: %s
                namespace: other
                http.port: %d
                security.access: tokens
                security.admin-token: %s
                """
                    .formatted(millrace.bootstrapServers(), millrace.url().getPort(), ADMIN))
            .toString();
    try (Cluster cluster =
        Cluster.connect(Map.of("bootstrap.servers", millrace.bootstrapServers()))) {
      var control = Topic.CONTROL.spec(new Namespace("other"), TopicLayout.LOCAL);
      new TopicSetup(cluster).ensure(List.of(control));
    }

    assertThat(SecuredInstance.output("instances", "--config", config)).contains("query");
    SecuredInstance.output("key", "--site", "of-the-other", "--config", config);
    assertThat(SecuredInstance.output("history", "--config", config)).contains("of-the-other");
    assertThat(SecuredInstance.output("history", "--data", folder.toString()))
        .doesNotContain("of-the-other");
    assertThat(
            SecuredInstance.output("history", "--data", folder.toString(), "--namespace", "other"))
        .contains("of-the-other");
  }

  @Test
  void onlyInstancesOfTheClusterAskWhatIsInternal() throws Exception {
    assertThat(millrace.raw("GET /internal/x", "Authorization: Bearer " + ADMIN)).contains("401");
    assertThat(millrace.raw("GET /internal/x", "Authorization: Bearer " + CLUSTER)).contains("401");
    String proof =
        ClusterSecret.of(CLUSTER)
            .authorization(
                new InternalRequest("GET", millrace.url(), "/internal/x"), Instant.now());
    assertThat(millrace.raw("GET /internal/x", "Authorization: " + proof)).contains("404");
    assertThat(millrace.raw("GET /internal/y", "Authorization: " + proof)).contains("401");
    assertThat(millrace.raw("GET /api/v1/sites", "Authorization: Bearer " + CLUSTER))
        .contains("401");
  }

  @Test
  void whatIsNoHttpIsRefusedAndTheConnectionClosed() throws Exception {
    String head = "POST /api/v1/sql HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + ADMIN;
    for (String request :
        List.of(
            head + "\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            head + "\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\n{}  ",
            head + "\r\nContent-Length: -1\r\n\r\n",
            head + "\r\nX: a\r\n folded\r\nContent-Length: 0\r\n\r\n",
            head + "\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
            "POST /api/v1/sql HTTP/1.1\nHost: localhost\nContent-Length: 2\n\n{}",
            "GET /\0 HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET / HTTP/1.1\r\nHost : localhost\r\n\r\n")) {
      // Whatever is smuggled behind it must get no answer of its own.
      String answer =
          RawHttp.all(
              millrace.url().getPort(),
              request + "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");

      assertThat(answer).as(request).startsWith("HTTP/1.1 4").doesNotContain("live\n");
    }
  }

  @Test
  void nothingIsReadAfterAnAnswerThatEndsTheConnection() throws Exception {
    String next = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
    String body = "\r\nContent-Length: " + next.length() + "\r\n\r\n" + next;
    for (String request :
        List.of(
            "GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" + next,
            "POST /nothing/here HTTP/1.1\r\nHost: localhost" + body,
            "POST /api/v1/sql HTTP/1.1\r\nHost: localhost" + body,
            "POST /internal/x HTTP/1.1\r\nHost: localhost" + body)) {
      String answer = RawHttp.all(millrace.url().getPort(), request);

      assertThat(answer).as(request).startsWith("HTTP/1.1 ").doesNotContain("live\n");
    }
  }

  @Test
  void aProxyMayPassOnTheNameThatItsClientsUse() throws Exception {
    int port = millrace.url().getPort();
    String host = " HTTP/1.1\r\nHost: stats.example\r\n";

    assertThat(RawHttp.first(port, "GET /health/live" + host + "\r\n")).startsWith("HTTP/1.1 200");
    assertThat(RawHttp.first(port, "GET /api/v1/sites" + host + "\r\n")).startsWith("HTTP/1.1 401");
  }

  @Test
  void whoIsSlowIsCutOff() throws Exception {
    long begun = System.nanoTime();
    List<String> slow =
        List.of(
            "",
            "GET /health/live HTTP/1.1\r\nHost: localhost\r\nX: ",
            "POST /login HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\n"
                + "Content-Length: 2000\r\n\r\ntoken=");

    assertThat(RawHttp.endsForAll(millrace.url().getPort(), slow, Duration.ofMinutes(1))).isTrue();
    assertThat(System.nanoTime() - begun).isLessThan(Duration.ofMinutes(1).toNanos());
  }

  @Test
  void nothingStartsForOthersWithoutTlsAndTokens(@TempDir Path other) {
    InstanceConfig local = InstanceConfig.local(other, 0);
    var open =
        new InstanceConfig(
            local.roles(),
            local.dataFolder(),
            new HttpConfig(
                "0.0.0.0",
                0,
                local.http().advertisedUrl(),
                local.http().tls(),
                local.http().drain(),
                local.http().limits()),
            local.namespace(),
            local.topics(),
            local.collector(),
            local.processing(),
            local.queries(),
            local.pushes(),
            local.sample(),
            local.security());

    assertThatThrownBy(() -> LocalInstance.start(open, step -> {}))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("http.tls")
        .hasMessageContaining("security.access");
    assertThat(other).isEmptyDirectory();
  }

  @Test
  void noSecretIsAnywhere() throws Exception {
    try (var leaks = new TokenLeaks(millrace, ADMIN, CLUSTER)) {
      leaks.provoke();

      leaks.requireNone();
    }
  }

  private static List<String> paths() throws IOException {
    try (InputStream resource = QueryService.class.getResourceAsStream("openapi.json")) {
      JsonNode paths = new ObjectMapper().readTree(resource).path("paths");
      var all = new ArrayList<String>();
      paths
          .fieldNames()
          .forEachRemaining(
              path ->
                  all.add(
                      path.replace("/assets/{path}", "/assets/app.js")
                          .replace("{view}", "pages")
                          .replace("{path}", "x")));
      return all;
    }
  }

  private static int status(String answer) {
    assertThat(answer).startsWith("HTTP/1.1 ");
    return Integer.parseInt(answer.substring(9, 12));
  }
}
