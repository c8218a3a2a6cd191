package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadTest {
  private static final byte[] ANSWER = "{\"accepted\":1}".getBytes(StandardCharsets.US_ASCII);

  private final Set<String> received = ConcurrentHashMap.newKeySet();
  private final FakeCollector collector = new FakeCollector(this::answer);

  @AfterEach
  void stop() {
    collector.close();
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
    Load.Outcome outcome = load.run(collector.url(), Duration.ofMinutes(1));

    // Then
    assertThat(received).hasSize(40);
    assertThat(outcome.accepted()).isEqualTo(30);
    assertThat(outcome.refused()).isEqualTo(10);
    assertThat(outcome.answers().max()).isPositive();
  }
}
