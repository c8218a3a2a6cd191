package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.harness.Canary;
import io.millrace.testing.harness.CapturedLog;
import io.millrace.testing.harness.SecretScan;
import io.millrace.testing.harness.SecuredInstance;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the secrets of an instance wherever one can be shown, and looks whether they stay there.
 */
final class TokenLeaks implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TokenLeaks.class);
  private static final String WRONG = "mlr_nobodyhere_a-token-of-nobody-0123456789";

  private final SecuredInstance millrace;
  private final String admin;
  private final List<String> secrets;
  private final SecretScan scan;
  private final CapturedLog captured = CapturedLog.open();

  TokenLeaks(SecuredInstance millrace, String admin, String cluster) {
    this.millrace = millrace;
    this.admin = admin;
    String made = millrace.token("create", "--role", "operator", "--name", "to be scanned");
    secrets = List.of(admin, cluster, made, WRONG);
    scan =
        new SecretScan(
            List.of(
                new Canary("the admin token", admin),
                new Canary("the cluster secret", cluster),
                new Canary("a token that was made", made),
                new Canary("a token that is none", WRONG)));
  }

  /** Asks with each as a token, a password, a cookie and at the login. */
  void provoke() throws Exception {
    for (String secret : secrets) {
      for (String header :
          List.of(
              "Authorization: Bearer " + secret,
              "Authorization: Basic " + basic("somebody:" + secret),
              "Cookie: millrace-token=" + secret)) {
        for (String request :
            List.of("GET /", "GET /api/v1/sites", "GET /internal/x", "POST /api/v1/sql")) {
          scan.text("the answer to " + request, millrace.raw(request, header));
        }
      }
      HttpResponse<String> login = logIn(secret);
      scan.text("the page after a login", login.body());
      login
          .headers()
          .map()
          .forEach(
              (name, values) -> {
                if (!name.equalsIgnoreCase("Set-Cookie")) {
                  scan.text("the header " + name, values.toString());
                }
              });
      scan.text("an error of SQL", millrace.sql("SELECT nothing FROM nowhere", secret).body());
    }
    assertThat(logIn(admin).headers().firstValue("Set-Cookie"))
        .hasValueSatisfying(cookie -> assertThat(cookie).contains(admin));
  }

  /** None is in what an instance tells, in its files, its threads or its arguments. */
  void requireNone() throws Exception {
    scan.text("the metrics", millrace.get("/metrics", admin).body());
    scan.text(
        "the history", SecuredInstance.output("history", "--data", millrace.folder().toString()));
    scan.arguments(ProcessHandle.current().pid());
    scan.threads(ProcessHandle.current().pid());
    scan.files(millrace.folder());
    log.info("The log is captured");
    assertThat(captured.text()).contains("The log is captured");
    scan.text("the log", captured.text());
    assertThat(scan.scanned()).isGreaterThan(100_000);
    assertThat(scan.hits()).isEmpty();
  }

  @Override
  public void close() {
    captured.close();
  }

  private HttpResponse<String> logIn(String token) throws Exception {
    try (HttpClient browser = HttpClient.newHttpClient()) {
      return browser.send(
          HttpRequest.newBuilder(millrace.url().resolve("/login"))
              .header("Sec-Fetch-Site", "same-origin")
              .POST(BodyPublishers.ofString("token=" + token))
              .build(),
          BodyHandlers.ofString());
    }
  }

  private static String basic(String credentials) {
    return Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
  }
}
