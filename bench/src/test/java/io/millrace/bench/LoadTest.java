package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadTest {
  private static final byte[] ANSWER = "{\"accepted\":1}".getBytes(StandardCharsets.US_ASCII);

  private final Set<String> received = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer collector;

  @BeforeEach
  void start() throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    collector = HttpServer.create(address, 0, "/v1/events", this::answer);
    collector.setExecutor(threads);
    collector.start();
  }

  @AfterEach
  void stop() {
    collector.stop(0);
    threads.shutdownNow();
  }

  /** Refuses every fourth event. */
  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII);
    received.add(body);
    exchange.sendResponseHeaders(Integer.parseInt(body) % 4 == 0 ? 503 : 202, ANSWER.length);
    exchange.getResponseBody().write(ANSWER);
    exchange.close();
  }

  @Test
  void endsAfterTheNumberOfRequestsAndTellsThoseAcceptedApart() throws InterruptedException {
    // Given
    var load =
        new Load(
            3,
            40,
            "text/plain",
            number -> Long.toString(number).getBytes(StandardCharsets.US_ASCII));

    // When
    Load.Outcome outcome = load.run(collectorAddress(), Duration.ofMinutes(1));

    // Then
    assertThat(received).hasSize(40);
    assertThat(outcome.accepted()).isEqualTo(30);
    assertThat(outcome.refused()).isEqualTo(10);
    assertThat(outcome.answers().max()).isPositive();
  }

  private URI collectorAddress() {
    InetSocketAddress address = collector.getAddress();
    return URI.create("http://" + address.getHostString() + ":" + address.getPort());
  }
}
