package io.millrace.server.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ViewClientTest {
  private final AtomicInteger audits = new AtomicInteger();
  private HttpServer server;
  private ViewClient client;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/v1/views/pages", exchange -> respond(exchange, 200, pages(exchange)));
    server.createContext(
        "/api/v1/views/nothing",
        exchange -> respond(exchange, 404, "{\"error\":{\"message\":\"no such view\"}}"));
    server.createContext("/api/v1/audit", this::audit);
    server.start();
    client = new ViewClient(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  @Test
  void readsTheRowsOfAView() throws InterruptedException {
    assertThat(client.top("pages", "a&b", 3))
        .isEqualTo(
            new Reply.Answered<>(
                List.of(new ViewRow(Map.of("path", "/", "events", 7, "asked", "a&b")))));
  }

  @Test
  void saysWhyThereIsNoAnswer() throws InterruptedException {
    assertThat(client.rows("nothing", Map.of()))
        .isInstanceOfSatisfying(
            Reply.Unanswered.class,
            unanswered -> assertThat(unanswered.reason()).contains("404", "no such view"));

    server.stop(0);
    assertThat(client.audit())
        .isInstanceOfSatisfying(
            Reply.Unanswered.class,
            unanswered -> assertThat(unanswered.reason()).contains("no answer from"));
  }

  @Test
  void waitsUntilWhatWasAcceptedBeforeIsCountedAndNotForMore() throws InterruptedException {
    var seen = new ArrayList<Long>();

    Settlement settlement =
        new BooksWatch(client)
            .awaitCounted(Duration.ofSeconds(30), audit -> seen.add(audit.pending()));

    assertThat(settlement).isInstanceOf(Settlement.Settled.class);
    assertThat(seen).containsExactly(5L, 5L, 5L, 5L, 5L);
  }

  @Test
  void waitsNoLongerThanItMay() throws InterruptedException {
    Settlement settlement = new BooksWatch(client).awaitCounted(Duration.ZERO, audit -> {});

    assertThat(settlement)
        .isInstanceOfSatisfying(
            Settlement.Unsettled.class,
            unsettled -> assertThat(unsettled.audit().pending()).isEqualTo(5));
  }

  private void audit(HttpExchange exchange) throws IOException {
    int counted = audits.incrementAndGet();
    int accepted = counted + 5 - 1;
    // Five at first, and one more each time, so that some are always pending.
    respond(
        exchange,
        200,
        """
        {"balanced":true,"accepted":%d,"processed":%d,"pending":5,
         "partitions":[{"partition":0,"accepted":%d,"processed":%d,"accounted":%d}]}
        """
            .formatted(accepted, counted, accepted, counted, counted));
  }

  private static String pages(HttpExchange exchange) {
    String site =
        exchange.getRequestURI().getQuery().contains("site=a&b") ? "a&b" : "something else";
    return "{\"rows\":[{\"path\":\"/\",\"events\":7,\"asked\":\"" + site + "\",\"gone\":null}]}";
  }

  private static void respond(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
