package io.millrace.server.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LossyProxyTest {

  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicInteger cutShort = new AtomicInteger();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private HttpServer service;
  private LossyProxy proxy;

  @BeforeEach
  void start() throws IOException {
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    service.createContext(
        "/",
        exchange -> {
          try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            accepted.incrementAndGet();
            exchange.sendResponseHeaders(body.length > 5 ? 202 : 503, -1);
          } catch (IOException incomplete) {
            cutShort.incrementAndGet();
            throw incomplete;
          }
        });
    service.start();
    proxy = LossyProxy.before(service.getAddress());
  }

  @AfterEach
  void stop() {
    proxy.close();
    service.stop(0);
    client.close();
  }

  @Test
  void losesAnswersToWhatWasAccepted() throws Exception {
    assertThat(send("a whole body")).isEqualTo(202);
    try (Fault loss = proxy.losingAnswers(2)) {
      loss.inject();
      assertThat(send("another body")).isEqualTo(202);
      assertThatThrownBy(() -> send("a body whose answer is lost")).isInstanceOf(IOException.class);
      assertThat(send("none")).isEqualTo(503);
      assertThatThrownBy(() -> send("none")).isInstanceOf(IOException.class);
    }
    assertThat(send("a whole body")).isEqualTo(202);

    assertThat(accepted).hasValue(6);
    assertThat(proxy.lostAnswers()).isEqualTo(1);
  }

  @Test
  void keepsAnswersBack() throws Exception {
    try (Fault delay = proxy.delayingAnswers(Duration.ofMillis(700))) {
      delay.inject();
      long start = System.nanoTime();
      assertThat(send("a whole body")).isEqualTo(202);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(650));
    }
  }

  @Test
  void cutsRequestsInTheMiddle() throws Exception {
    try (Fault cut = proxy.cuttingRequests(1, 5_000)) {
      cut.inject();
      assertThatThrownBy(() -> send("x".repeat(20_000))).isInstanceOf(IOException.class);
      assertThat(send("shorter than that")).isEqualTo(202);
    }

    assertThat(proxy.cutRequests()).isEqualTo(1);
    await("the service has seen it").until(() -> cutShort.get() == 1);
    assertThat(accepted).hasValue(1);
  }

  @Test
  void letsRequestsTrickle() throws Exception {
    try (Fault trickle = proxy.tricklingRequests(1_000)) {
      trickle.inject();
      long start = System.nanoTime();
      assertThat(send("x".repeat(1_000))).isEqualTo(202);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(900));
    }
  }

  private int send(String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(proxy.url())
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .timeout(Duration.ofSeconds(20))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }
}
