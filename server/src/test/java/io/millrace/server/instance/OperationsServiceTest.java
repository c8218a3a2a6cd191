package io.millrace.server.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.WebServer;
import io.millrace.model.PartitionBooks;
import io.millrace.ops.AuditReport;
import io.millrace.ops.OperationsException;
import io.millrace.query.access.Access;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over a socket, because clients hide a body that should not be there. */
class OperationsServiceTest {
  private final PrometheusRegistry metrics = new PrometheusRegistry();
  private Optional<String> obstacle = Optional.empty();
  private boolean isAway;
  private final WebServer server =
      WebServer.builder()
          .host("127.0.0.1")
          .shutdownHook(false)
          .routing(
              routing ->
                  routing.register(
                      new OperationsService(
                          Access.OPEN, Optional.of(this::audit), () -> obstacle, metrics)))
          .build()
          .start();

  @AfterEach
  void stop() {
    server.stop();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health/live", "/health/ready", "/metrics", "/api/v1/audit"})
  void answersHeadLikeGetWithoutTheBody(String path) throws IOException {
    Counter.builder().name("some_total").register(metrics);

    String get = exchange("GET", path);
    String head = exchange("HEAD", path);

    assertThat(get).startsWith("HTTP/1.1 200").doesNotEndWith("\r\n\r\n");
    assertThat(withoutDate(head)).isEqualTo(withoutDate(get.substring(0, head.length())));
    assertThat(head).endsWith("\r\n\r\n");
    assertThat(get)
        .contains("Content-Security-Policy: default-src 'self'")
        .contains("X-Content-Type-Options: nosniff")
        .contains("Cache-Control: no-store");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health/live", "/health/ready", "/metrics", "/api/v1/audit"})
  void allowsReadingOnly(String path) throws IOException {
    for (String method : new String[] {"POST", "PUT", "DELETE", "OPTIONS"}) {
      assertThat(exchange(method, path))
          .as(method)
          .startsWith("HTTP/1.1 405")
          .contains("Allow: GET, HEAD\r\n")
          .endsWith(
              "{\"error\":{\"code\":\"method_not_allowed\",\"message\":\"only GET is allowed here\"}}");
    }
  }

  @Test
  void asksToComeBackWhatIsNotReady() throws IOException {
    obstacle = Optional.of("it rests");
    isAway = true;

    assertThat(exchange("GET", "/health/ready"))
        .startsWith("HTTP/1.1 503")
        .contains("Retry-After: 2\r\n")
        .endsWith("not ready: it rests\n");
    assertThat(exchange("GET", "/api/v1/audit"))
        .startsWith("HTTP/1.1 503")
        .contains("Retry-After: 2\r\n", "{\"error\":{\"code\":\"unavailable\",\"message\":");
    assertThat(exchange("GET", "/health/live")).startsWith("HTTP/1.1 200");
  }

  private AuditReport audit(Duration patience) {
    if (isAway) {
      throw new OperationsException(
          OperationsException.Code.CLUSTER_UNAVAILABLE, "told to be away");
    }
    return new AuditReport(
        Instant.EPOCH, List.of(new AuditReport.Line(0, 0, 0, PartitionBooks.empty(0))));
  }

  private String exchange(String method, String path) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      String request = method + " " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String withoutDate(String answer) {
    return answer.replaceAll("Date: [^\r]*", "");
  }
}
