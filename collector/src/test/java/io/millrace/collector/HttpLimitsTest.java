package io.millrace.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that do not keep to HTTP, or to any pace. */
@Timeout(30)
class HttpLimitsTest {
  private static final String HEAD = "POST /v1/events?key=browser-key HTTP/1.1\r\nHost: a\r\n";

  private final CollectorFixture collector =
      new CollectorFixture(
          CollectorConfig.of(Map.of("body-timeout", "1s")),
          new HttpLimits(
              1024 * 1024, 4_096, 4_096, Duration.ofSeconds(1), Duration.ofSeconds(1), 100, 3));

  @AfterEach
  void stop() {
    collector.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        HEAD + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        HEAD + "Content-Length: 3\r\nContent-Length: 4\r\n\r\n{}  ",
        HEAD + "Content-Length: -1\r\n\r\n",
        HEAD + "Content-Length: nine\r\n\r\n",
        HEAD + "X: a\r\n folded\r\nContent-Length: 0\r\n\r\n",
        HEAD + "Transfer-Encoding: gzip\r\n\r\n",
        HEAD + "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        "POST /v1/events HTTP/1.1\nHost: a\nContent-Length: 2\n\n{}",
        "POST /v1/events?key=%zz HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}",
      })
  void whatIsNoHttpIsRefusedAndTheConnectionClosed(String request) throws IOException {
    String answer = exchange(request);

    assertThat(answer).startsWith("HTTP/1.1 4");
    assertThat(collector.memory.events()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/millrace.js", "/v1/pixel.gif", "/v1/events"})
  void headIsAnsweredWithTheLengthOfABodyAndWithoutTheBody(String path) throws IOException {
    String answer = exchange("HEAD " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");

    assertThat(answer).containsPattern("(?i)content-length: [1-9]").endsWith("\r\n\r\n");
  }

  @Test
  void longHeadersAndRequestLinesAreRefused() throws IOException {
    assertThat(exchange(HEAD + "X: " + "x".repeat(5_000) + "\r\n\r\n")).startsWith("HTTP/1.1 4");
    assertThat(exchange("GET /v1/pixel.gif?" + "x".repeat(5_000) + " HTTP/1.1\r\nHost: a\r\n\r\n"))
        .startsWith("HTTP/1.1 4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "POST /v1/eve",
        HEAD,
        HEAD + "Content-Length: 100\r\n\r\n",
        HEAD + "Transfer-Encoding: chunked\r\n\r\n5\r\n{}"
      })
  void aClientThatDripsIsCutOff(String beginning) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), collector.port())) {
      socket.getOutputStream().write(bytes(beginning));
      Thread dripping = Thread.startVirtualThread(() -> drip(socket));
      long start = System.nanoTime();

      readAll(socket.getInputStream());

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
      dripping.interrupt();
    }
    assertThat(collector.post("{\"url\":\"http://a/\"}").statusCode()).isEqualTo(202);
  }

  @Test
  void connectionsBeyondTheShareOfAnAddressAreClosedUntilOneOfItsEnds() throws IOException {
    List<Socket> open = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      open.add(connection());
      assertThat(answerOn(open.get(i))).startsWith("HTTP/1.1 200");
    }

    try (Socket fourth = connection()) {
      assertThat(answerOn(fourth)).isEmpty();
    }
    assertThat(answerOn(open.getFirst())).as("the others stay").startsWith("HTTP/1.1 200");
    open.getFirst().close();
    await().atMost(Duration.ofSeconds(20)).until(this::isAnswered);
    for (Socket socket : open) {
      socket.close();
    }
  }

  private boolean isAnswered() throws IOException {
    try (Socket next = connection()) {
      return answerOn(next).startsWith("HTTP/1.1 200");
    }
  }

  private Socket connection() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), collector.port());
    socket.setSoTimeout(20_000);
    return socket;
  }

  /** What comes first on a connection; empty where it was closed. */
  private static String answerOn(Socket socket) {
    try {
      socket.getOutputStream().write(bytes("GET /millrace.js HTTP/1.1\r\nHost: a\r\n\r\n"));
      var answer = new byte[4_096];
      int length = socket.getInputStream().read(answer);
      return length < 0 ? "" : new String(answer, 0, length, StandardCharsets.ISO_8859_1);
    } catch (IOException closed) {
      return "";
    }
  }

  @Test
  void whatIsHeldIsGivenBackAfterEveryKindOfEnd() throws IOException {
    collector.post("{}");
    collector.post("x".repeat(600_000));
    collector.post(new byte[] {1, 2, 3}, "Content-Encoding", "gzip");
    exchange(HEAD + "Content-Length: 100\r\nConnection: close\r\n\r\n{}");

    assertThat(collector.send(collector.request("/millrace.js")).statusCode()).isEqualTo(200);
    assertThat(collector.inFlightBytes()).isZero();
  }

  @Test
  void moreThanMayBeHeldIsUnavailableUntilThereIsRoom() throws IOException {
    // Given
    try (var small =
        new CollectorFixture(
            CollectorConfig.of(
                Map.of(
                    "max-event-bytes", "100000",
                    "max-request-bytes", "100000",
                    "max-in-flight-bytes", "220000")),
            HttpLimits.DEFAULTS)) {
      String full = HEAD + "Content-Length: 99000\r\n\r\n" + "x".repeat(98_000);
      try (var first = new Socket(InetAddress.getLoopbackAddress(), small.port());
          var second = new Socket(InetAddress.getLoopbackAddress(), small.port())) {
        first.getOutputStream().write(bytes(full));
        second.getOutputStream().write(bytes(full));
        while (small.inFlightBytes() < 198_000) {
          Thread.onSpinWait();
        }

        // When, Then
        String event = "{\"url\":\"http://a/\"}";
        assertThat(
                small
                    .send(
                        small
                            .request("/v1/events?key=browser-key")
                            .POST(HttpRequest.BodyPublishers.ofString(event)))
                    .statusCode())
            .isEqualTo(503);
        assertThat(
                small
                    .send(
                        small
                            .request("/v1/events?key=browser-key")
                            .POST(HttpRequest.BodyPublishers.ofString(event + " ".repeat(25_000))))
                    .statusCode())
            .isEqualTo(503);
        assertThat(
                small
                    .send(small.request("/v1/pixel.gif?key=browser-key&url=http://a/"))
                    .statusCode())
            .isEqualTo(503);
      }
      while (small.inFlightBytes() > 0) {
        Thread.onSpinWait();
      }
      assertThat(small.post("{\"url\":\"http://a/\"}").statusCode()).isEqualTo(202);
    }
  }

  @Test
  void whoDeclaresMuchAndSendsNothingHoldsLittle() throws IOException {
    // Given
    try (var small =
        new CollectorFixture(
            CollectorConfig.of(
                Map.of("max-request-bytes", "100000", "max-in-flight-bytes", "200000")),
            HttpLimits.DEFAULTS)) {
      String head = HEAD + "Content-Length: 99000\r\n\r\n{";
      var slow = new ArrayList<Socket>();
      try {
        for (int i = 0; i < 8; i++) {
          slow.add(new Socket(InetAddress.getLoopbackAddress(), small.port()));
          slow.getLast().getOutputStream().write(bytes(head));
        }
        while (small.inFlightBytes() < 8 * 16_384) {
          Thread.onSpinWait();
        }

        // When, Then
        assertThat(small.post("{\"url\":\"http://a/\"}" + " ".repeat(20_000)).statusCode())
            .isEqualTo(202);
      } finally {
        for (Socket each : slow) {
          each.close();
        }
      }
    }
  }

  private String exchange(String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), collector.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(bytes(request));
      return readAll(socket.getInputStream());
    }
  }

  private static String readAll(InputStream in) {
    var answer = new StringBuilder();
    try {
      for (int next = in.read(); next >= 0; next = in.read()) {
        answer.append((char) next);
      }
    } catch (IOException reset) {
      return answer.toString();
    }
    return answer.toString();
  }

  private static void drip(Socket socket) {
    try {
      while (true) {
        Thread.sleep(50);
        socket.getOutputStream().write('x');
      }
    } catch (IOException | InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
