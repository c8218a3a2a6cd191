package io.millrace.server.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.millrace.server.Main;
import io.millrace.server.security.ServerTls;
import io.millrace.server.security.Transport;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands against a server that speaks TLS by a certificate of its own and asks for a token. */
@Timeout(120)
class SecuredTargetTest {
  private static final String TOKEN = "an-admin-token-of-the-tests-0123456789";
  private static final String NOBODY =
      "{\"partitions\":1,\"without_processor\":[],\"instances\":[]}";
  private static final int NO_ANSWER = 3;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private ServerTls tls;
  private WebServer server;

  @BeforeEach
  void start() throws Exception {
    writeCertificate();
    tls = ServerTls.load(new Transport.Tls(file("certificate.pem"), file("key.pem")));
    server =
        WebServer.builder()
            .port(0)
            .shutdownHook(false)
            .tls(tls.tls())
            .routing(
                routing ->
                    routing
                        .get(
                            "/api/v1/instances",
                            (request, answer) -> answer(request, answer, NOBODY))
                        .post("/api/v1/sql", (request, answer) -> answer(request, answer, "{}")))
            .build()
            .start();
    Files.writeString(file("token"), TOKEN + "\n");
    Files.writeString(
        file("millrace.yaml"),
        """
        kafka.bootstrap.servers: 127.0.0.1:1
        http:
          port: %d
          tls:
            certificate: %s
            key: %s
        security:
          access: tokens
          admin-token-file: %s
        """
            .formatted(server.port(), file("certificate.pem"), file("key.pem"), file("token")));
  }

  @AfterEach
  void stop() {
    server.stop();
    tls.close();
  }

  @Test
  void isAskedWithATokenAndAnAuthorityFromFiles() {
    String[] access = {
      "--ca", file("certificate.pem").toString(), "--token-file", file("token").toString()
    };

    assertThat(run(List.of("instances", "--target", url()), access)).as(err.toString()).isZero();
    assertThat(run(List.of("sql", "-e", "SELECT 1", "--format", "json", "--target", url()), access))
        .as(err.toString())
        .isZero();
  }

  @Test
  void isAskedWithWhatItsOwnConfigurationHas() {
    assertThat(run(List.of("instances", "--config", file("millrace.yaml").toString())))
        .as(err.toString())
        .isZero();
    assertThat(out.toString() + err).doesNotContain(TOKEN);
  }

  @Test
  void noTokenIsSentInClearToAnotherMachine() {
    String target = "http://stats.example:8080";

    assertThat(
            run(List.of("instances", "--target", target), "--token-file", file("token").toString()))
        .isNotZero();
    assertThat(err.toString()).contains(target).contains("https").doesNotContain(TOKEN);
  }

  @Test
  void isNotBelievedWithoutItsAuthority() {
    assertThat(run(List.of("instances", "--target", url()))).isEqualTo(NO_ANSWER);
    assertThat(err.toString()).contains("TLS").contains("--ca");
  }

  @Test
  void refusesThoseWithoutAToken() {
    assertThat(
            run(
                List.of("instances", "--target", url()),
                "--ca",
                file("certificate.pem").toString()))
        .isEqualTo(NO_ANSWER);
    assertThat(err.toString()).contains("401");
  }

  @Test
  void aFileWithoutACertificateIsNamed() {
    assertThat(run(List.of("instances", "--target", url()), "--ca", file("token").toString()))
        .isEqualTo(1);
    assertThat(err.toString()).contains(file("token").toString()).doesNotContain(TOKEN);
  }

  private static void answer(ServerRequest request, ServerResponse response, String body) {
    boolean isKnown =
        request.headers().value(HeaderNames.AUTHORIZATION).equals(Optional.of("Bearer " + TOKEN));
    response
        .status(isKnown ? Status.OK_200 : Status.UNAUTHORIZED_401)
        .header(HeaderNames.CONTENT_TYPE, "application/json")
        .send(isKnown ? body : "{\"error\":{\"message\":\"a token is needed\"}}");
  }

  private int run(List<String> arguments, String... more) {
    var all = new ArrayList<>(arguments);
    all.addAll(List.of(more));
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }

  private String url() {
    return "https://127.0.0.1:" + server.port();
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private void writeCertificate() throws Exception {
    Path store = file("store.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-dname",
                "CN=millrace",
                "-ext",
                "san=ip:127.0.0.1",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit")
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    var keys = java.security.KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
    Files.writeString(
        file("certificate.pem"), pem("CERTIFICATE", keys.getCertificate("a").getEncoded()));
    Files.writeString(
        file("key.pem"),
        pem("PRIVATE KEY", keys.getKey("a", "changeit".toCharArray()).getEncoded()));
  }

  private static String pem(String what, byte[] bytes) {
    return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n"
        .formatted(what, Base64.getMimeEncoder().encodeToString(bytes));
  }
}
