package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HonestClientsTest {
  private final AtomicInteger received = new AtomicInteger();
  private final FakeCollector collector = new FakeCollector(this::answer);

  @AfterEach
  void stop() {
    collector.close();
  }

  /** Refuses every fifth, and leaves every tenth without an answer. */
  private void answer(HttpExchange exchange) throws IOException {
    int number = received.incrementAndGet();
    exchange.getRequestBody().readAllBytes();
    if (number % 10 != 0) {
      exchange.sendResponseHeaders(number % 5 == 0 ? 503 : 202, 2);
      exchange.getResponseBody().write(new byte[] {'{', '}'});
    }
    exchange.close();
  }

  @Test
  void eachRequestIsSentOnceAndThoseWithoutA202AreRefused() throws InterruptedException {
    // Given
    var clients = new HonestClients(collector.url(), 50);

    // When
    HonestClients.Outcome outcome = clients.send("test", Duration.ofSeconds(1));

    // Then
    assertThat(received).hasValue(50);
    assertThat(outcome.refused()).isEqualTo(10);
    assertThat(outcome.answers()).hasValueSatisfying(it -> assertThat(it.size()).isEqualTo(40));
  }
}
