package io.millrace.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.WebServer;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InternalAccessTest {
  private static final ClusterSecret SECRET = ClusterSecret.of("0123456789abcdef0123456789abcdef");
  private static final URI SELF = URI.create("http://a.example:8080");
  private volatile Instant now = Instant.parse("2026-07-01T12:00:00Z");
  private volatile Optional<URI> self = Optional.of(SELF);
  private WebServer server = WebServer.builder().build();

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void letsInWhoKnowsTheSecret() throws Exception {
    start(Optional.of(SECRET));

    assertThat(get("/internal/cells", proofFor(SELF)))
        .startsWith("HTTP/1.1 200")
        .contains("Millrace-Answer: ")
        .endsWith("cells");
  }

  @Test
  void letsInNobodyWithWhatWasMeantForAnotherAddressOrTimeOrBeforeItIsKnown() throws Exception {
    start(Optional.of(SECRET));
    String proof = proofFor(SELF);

    assertThat(get("/internal/cells", proofFor(URI.create("http://evil.example:8080"))))
        .startsWith("HTTP/1.1 401");
    assertThat(get("/internal/cells", "Authorization: Bearer 0123456789abcdef0123456789abcdef"))
        .startsWith("HTTP/1.1 401");
    now = now.plus(ClusterSecret.WINDOW).plusMillis(1);
    assertThat(get("/internal/cells", proof))
        .startsWith("HTTP/1.1 401")
        .contains("Millrace-Time: " + now.toEpochMilli());
    self = Optional.empty();
    assertThat(get("/internal/cells", proofFor(SELF))).startsWith("HTTP/1.1 401");
  }

  @Test
  void letsInNobodyElseHoweverThePathIsSpelled() throws Exception {
    start(Optional.of(SECRET));

    for (String path :
        List.of(
            "/internal/cells",
            "/internal/deep/cells",
            "/internal//cells",
            "//internal/cells",
            "/./internal/cells",
            "/x/../internal/cells",
            "/%69nternal/cells",
            "/internal%2fcells",
            "/internal/cells;x=1",
            "/internal;x=1/cells",
            "/internal/cells?x")) {
      assertThat(get(path, "Authorization: Bearer other")).as(path).doesNotEndWith("cells");
      assertThat(get(path, "X-Other: x")).as(path).doesNotEndWith("cells");
    }
    assertThat(get("/internal/cells", "X-Other: x"))
        .startsWith("HTTP/1.1 401")
        .contains("WWW-Authenticate: Millrace");
    assertThat(get("/public", "X-Other: x")).endsWith("public");
  }

  @Test
  void letsInNobodyWithoutASecretUnlessEverythingIsOpen() throws Exception {
    start(Optional.empty());

    assertThat(get("/internal/cells", "Authorization: Bearer ")).startsWith("HTTP/1.1 401");
    server.stop();

    start(SecurityConfig.OPEN);
    assertThat(get("/internal/cells", "X-Other: x")).startsWith("HTTP/1.1 200");
  }

  private String proofFor(URI address) {
    var request = new InternalRequest("GET", address, "/internal/cells");
    return "Authorization: " + SECRET.authorization(request, now);
  }

  private void start(Optional<ClusterSecret> secret) {
    start(
        new SecurityConfig(
            new Transport.Plain(), SecurityConfig.AccessMode.TOKENS, Optional.empty(), secret));
  }

  private void start(SecurityConfig security) {
    server =
        WebServer.builder()
            .port(0)
            .shutdownHook(false)
            .routing(
                routing ->
                    routing
                        .register(new InternalAccess(security, () -> self, () -> now))
                        .any("/internal/cells", (request, response) -> response.send("cells"))
                        .any("/internal/deep/cells", (request, response) -> response.send("cells"))
                        .any("/public", (request, response) -> response.send("public")))
            .build()
            .start();
  }

  private String get(String path, String header) throws Exception {
    return RawHttp.exchange(
        server.port(), "GET " + path + " HTTP/1.1\r\nHost: x\r\n" + header + "\r\n\r\n");
  }
}
