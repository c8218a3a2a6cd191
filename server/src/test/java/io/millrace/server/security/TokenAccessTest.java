package io.millrace.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.millrace.collector.sender.TrustedProxies;
import io.millrace.model.SiteId;
import io.millrace.model.control.AccessToken;
import io.millrace.model.control.ControlCommand;
import io.millrace.model.control.TokenDirectory;
import io.millrace.model.control.TokenRole;
import io.millrace.model.control.WriteKey;
import io.millrace.query.access.Caller;
import io.millrace.query.error.QueryException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Who is let in, and how a browser logs in, over real connections. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class TokenAccessTest {
  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
  private static final String ADMIN = "0123456789abcdef0123456789abcdef";
  private static final String ANALYST = "mlr_an01_secret";
  private static final String EXPIRED = "mlr_ex01_secret";

  private final TokenDirectory tokens = new TokenDirectory();
  private final TokenAccess access =
      new TokenAccess(
          tokens, Optional.of(AdminToken.of(ADMIN)), false, TrustedProxies.NONE, () -> NOW);
  private WebServer server = WebServer.builder().build();

  @BeforeAll
  void start() {
    issue("an01", ANALYST, TokenRole.ANALYST, Optional.empty());
    issue("ex01", EXPIRED, TokenRole.ADMIN, Optional.of(NOW));
    server =
        WebServer.builder()
            .port(0)
            .shutdownHook(false)
            .routing(
                routing ->
                    routing
                        .register(new LoginService(access, false))
                        .any("/who", this::who)
                        .get("/", (request, response) -> response.send("dashboard")))
            .build()
            .start();
  }

  private void issue(String id, String text, TokenRole role, Optional<Instant> expires) {
    Optional<Set<SiteId>> sites =
        role.canBeOfSites() ? Optional.of(Set.of(new SiteId("shop"))) : Optional.empty();
    tokens.apply(
        new ControlCommand.IssueToken(
            new AccessToken(id, id + " name", WriteKey.hash(text), role, sites, expires)));
  }

  private void who(ServerRequest request, ServerResponse response) {
    try {
      Caller caller = access.callerOf(request);
      response.send(caller.name() + " " + caller.rights().size() + " " + caller.sites());
    } catch (QueryException refused) {
      response.status(Status.BAD_REQUEST_400).send(refused.code().label());
    }
  }

  @AfterAll
  void stop() {
    server.stop();
  }

  @Test
  void knowsATokenAsABearerAndAsAPassword() throws IOException {
    String seen = "an01 name 2 Only[sites=[shop]]";

    assertThat(get("/who", "Authorization: Bearer " + ANALYST)).endsWith(seen);
    assertThat(get("/who", "Authorization: bearer  " + ANALYST)).endsWith(seen);
    assertThat(get("/who", "Authorization: Basic " + basic("anyone:" + ANALYST))).endsWith(seen);
    assertThat(get("/who", "Authorization: Bearer " + ADMIN)).endsWith("admin token 4 Every[]");
  }

  @Test
  void knowsNobodyWithoutOneOrWithOneThatIsWorthNothing() throws IOException {
    assertThat(get("/who", "X: x")).endsWith("unauthenticated");
    assertThat(get("/who", "Authorization: Bearer " + ANALYST + "x")).endsWith("unauthenticated");
    assertThat(get("/who", "Authorization: Bearer " + EXPIRED)).endsWith("unauthenticated");
    assertThat(get("/who", "Authorization: Basic !!!")).endsWith("unauthenticated");
    assertThat(get("/who", "Authorization: Digest " + ANALYST)).endsWith("unauthenticated");
    assertThat(get("/who?token=" + ANALYST, "X: x")).endsWith("unauthenticated");
  }

  @Test
  void aCookieCountsForOurOwnPagesAlone() throws IOException {
    String cookie = "Cookie: millrace-token=" + ANALYST + "\r\n";

    assertThat(get("/who", cookie + "Sec-Fetch-Site: same-origin")).contains("an01");
    assertThat(get("/who", cookie + "Sec-Fetch-Site: none")).contains("an01");
    assertThat(get("/who", cookie + "Sec-Fetch-Site: cross-site")).endsWith("forbidden");
    assertThat(get("/who", cookie + "Sec-Fetch-Site: same-site")).endsWith("forbidden");
    assertThat(post("/who", cookie + "Sec-Fetch-Site: none", "")).endsWith("forbidden");
    assertThat(post("/who", cookie + "Origin: http://x", "")).contains("an01");
    assertThat(post("/who", cookie + "Origin: HTTP://X", "")).contains("an01");
    assertThat(post("/who", cookie + "Origin: https://x", "")).endsWith("forbidden");
    assertThat(post("/who", cookie + "Origin: http://evil.example", "")).endsWith("forbidden");
    assertThat(post("/who", cookie + "Origin: null", "")).endsWith("forbidden");
    assertThat(post("/who", cookie + "Y: y", "")).endsWith("forbidden");
    assertThat(get("/who", cookie + "Y: y")).contains("an01");
  }

  @Test
  void whoHasNoCookieIsSentToTheLoginWhichSetsOneThatNoScriptReads() throws IOException {
    assertThat(get("/", "X: x")).contains("303").contains("Location: /login");
    assertThat(get("/login", "X: x"))
        .contains("200 OK")
        .contains("type=\"password\"")
        .contains("frame-ancestors 'none'");

    String answer = post("/login", "Origin: http://x\r\n" + FORM, "token=" + ANALYST);

    assertThat(answer).contains("303").contains("Location: /");
    String cookie =
        answer.lines().filter(line -> line.startsWith("Set-Cookie:")).findFirst().orElseThrow();
    assertThat(cookie)
        .contains("millrace-token=" + ANALYST)
        .contains("HttpOnly")
        .contains("SameSite=Strict")
        .contains("Path=/")
        .doesNotContain("Domain")
        .doesNotContain("Max-Age");
    assertThat(get("/", "Cookie: millrace-token=" + ANALYST)).endsWith("dashboard");
    assertThat(post("/logout", "Origin: http://x", ""))
        .contains("millrace-token=; ")
        .contains("Expires=");
  }

  private static final String FORM = "Content-Type: application/x-www-form-urlencoded";

  @Test
  void noOtherPageLogsAnybodyInOrOut() throws IOException {
    assertThat(post("/login", "Origin: http://evil.example", "token=" + ANALYST))
        .contains("403")
        .doesNotContain("Set-Cookie");
    assertThat(post("/logout", "Sec-Fetch-Site: cross-site", "")).contains("403");
    assertThat(get("/logout", "X: x")).contains("405").contains("Allow: POST");
  }

  @Test
  void aWrongTokenSetsNoCookieAndIsNotShown() throws IOException {
    for (String token :
        new String[] {"mlr_an01_wrong", "%22%3Cscript%3E", "a%0d%0aSet-Cookie:%20x=1", ""}) {
      assertThat(post("/login", "Origin: http://x\r\n" + FORM, "token=" + token))
          .containsPattern("HTTP/1.1 40[01]")
          .doesNotContain("Set-Cookie")
          .doesNotContain("wrong\"")
          .doesNotContain("<script>");
    }
    assertThat(post("/login", "Origin: http://x\r\n" + FORM, "token=" + "x".repeat(5_000)))
        .contains("400");
  }

  @Test
  void whoGuessesIsToldToWaitAndNobodyElseIs() throws IOException {
    var guessed = new TokenAccess(tokens, Optional.empty(), false, TrustedProxies.NONE, () -> NOW);
    WebServer other =
        WebServer.builder()
            .port(0)
            .shutdownHook(false)
            .routing(
                routing ->
                    routing.get(
                        "/",
                        (request, response) -> {
                          try {
                            response.send(guessed.callerOf(request).name());
                          } catch (QueryException refused) {
                            response.send(refused.code().label());
                          }
                        }))
            .build()
            .start();
    try {
      String answer = "";
      for (int i = 0; i < 500 && !answer.endsWith("too_many_requests"); i++) {
        answer =
            RawHttp.exchange(
                other.port(),
                "GET / HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 192.0.2."
                    + i % 250
                    + "\r\nAuthorization: Bearer mlr_an01_"
                    + i
                    + "\r\n\r\n");
      }
      assertThat(answer).endsWith("too_many_requests");
      assertThat(
              RawHttp.exchange(
                  other.port(),
                  "GET / HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + ANALYST + "\r\n\r\n"))
          .endsWith("an01 name");
    } finally {
      other.stop();
    }
  }

  private static String basic(String pair) {
    return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private String get(String path, String headers) throws IOException {
    return RawHttp.exchange(
        server.port(), "GET " + path + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n\r\n");
  }

  private String post(String path, String headers, String body) throws IOException {
    return RawHttp.exchange(
        server.port(),
        "POST "
            + path
            + " HTTP/1.1\r\nHost: x\r\n"
            + headers
            + "\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }
}
