package io.millrace.server.drill.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DrillClientTest {
  private static final Duration PATIENCE = Duration.ofMillis(300);
  private static final String KEY = "a-secret-key";

  private final EventPlan plan = new EventPlan("run", 1, InstantSource.system());
  private final List<PlannedEvent> events = List.of(plan.next());
  private final Ledger ledger = new Ledger();
  private final CountDownLatch over = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
    threads.close();
  }

  @Test
  void aCollectorThatHangsCountsWithTheTimeThatItWasWaitedFor() throws Exception {
    server.createContext(
        "/",
        exchange -> {
          try {
            over.await();
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });

    assertThat(post(url())).isEqualTo(Response.TOO_LATE);
    assertThat(ledger.tally().longest()).isGreaterThanOrEqualTo(PATIENCE);
    assertThat(ledger.acknowledged()).isZero();
  }

  @Test
  void aConnectionThatIsRefusedIsNoAnswer() throws Exception {
    int port;
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
    }

    assertThat(post(URI.create("http://127.0.0.1:" + port))).isEqualTo(Response.NONE);
    assertThat(ledger.tally().longest()).isZero();
  }

  @Test
  void anUnexpectedAnswerIsToldWithoutTheKeysInIt() throws Exception {
    byte[] body = ("no such key: " + KEY).getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(503, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });

    assertThat(post(url())).isEqualTo(Response.UNEXPECTED);
    assertThat(ledger.tally().examples()).containsExactly("503 no such key: (key)");
  }

  private Response post(URI collector) throws InterruptedException {
    var config =
        new LoadConfig(
            List.of(collector),
            Map.of("run-shop", KEY, "run-blog", KEY),
            1,
            PATIENCE,
            Duration.ZERO,
            0);
    try (var client = new DrillClient(config, ledger)) {
      return client.post(collector, events);
    }
  }

  private URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }
}
