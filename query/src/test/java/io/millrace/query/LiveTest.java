package io.millrace.query;

import static io.millrace.query.testing.ClickBuilder.aClick;
import static io.millrace.query.testing.EventStream.follow;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.millrace.model.Outcome;
import io.millrace.query.testing.EventStream;
import io.millrace.query.testing.QueryServer;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LiveTest {
  private final QueryServer server = serverOf(3, Duration.ofMillis(200));

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void beginsWithASnapshotOfTheLastHalfHour() {
    Instant now = QueryServer.NOW;
    server.with(
        aClick().visitor("ada").at(now).counted(),
        aClick().visitor("ada").at(now.minusSeconds(240)).counted(),
        aClick().visitor("bob").at(now.minusSeconds(240)).counted(),
        aClick().visitor("eve").at(now.minusSeconds(600)).counted(),
        aClick().at(now.minusSeconds(1800)).counted(),
        aClick().at(now).rejected(Outcome.BOT, "names itself"),
        aClick().at(now).rejected(Outcome.BOT, "too fast"),
        aClick().site("other").at(now).counted());
    server.progress.reach(now.minusSeconds(60));

    try (EventStream stream = follow(server, "demo")) {
      JsonNode snapshot = stream.next("snapshot");

      assertThat(stream.retry()).isEqualTo("2000");
      assertThat(snapshot.at("/time").asText()).isEqualTo(now.toString());
      assertThat(snapshot.at("/site").asText()).isEqualTo("demo");
      assertThat(snapshot.at("/visitors_now").asInt()).isEqualTo(2);
      assertThat(snapshot.at("/watermark").asText()).isEqualTo("2026-11-01T11:59:30Z");
      assertThat(snapshot.at("/final").isBoolean()).isTrue();
      assertThat(snapshot.at("/final").asBoolean()).isFalse();
      assertThat(snapshot.at("/minutes")).hasSize(30);
      assertThat(snapshot.at("/minutes/0").toString())
          .isEqualTo(
              "{\"time\":\"2026-11-01T11:31:00Z\",\"page_views\":0,\"events\":0,"
                  + "\"visitors\":0,\"final\":true}");
      assertThat(snapshot.at("/minutes/25/visitors").asInt()).isEqualTo(2);
      assertThat(snapshot.at("/minutes/29/time").asText()).isEqualTo("2026-11-01T12:00:00Z");
      assertThat(snapshot.at("/minutes/29/final").asBoolean()).isFalse();
      assertThat(snapshot.at("/outcomes_last_30_minutes").toString())
          .isEqualTo("{\"counted\":4,\"duplicate\":0,\"bot\":2,\"late\":0,\"invalid\":0}");
    }
  }

  @Test
  void followsWhatHappens() {
    try (EventStream stream = follow(server, "demo")) {
      assertThat(stream.next("snapshot").at("/visitors_now").asInt()).isZero();

      server.with(aClick().at(QueryServer.NOW).counted());

      JsonNode snapshot = stream.next("snapshot");
      while (snapshot.at("/visitors_now").asInt() == 0) {
        snapshot = stream.next("snapshot");
      }
      assertThat(snapshot.at("/minutes/29/events").asInt()).isEqualTo(1);
    }
  }

  @Test
  void showsClicksWithoutNamingTheVisitor() {
    try (EventStream stream = follow(server, "demo")) {
      stream.next("snapshot");

      server.feed.publish(aClick().site("other").inFeed());
      server.feed.publish(aClick().path("/a").query("?mail=ada@demo.example#top").inFeed());
      server.feed.publish(aClick().path("/b").rejectedInFeed(Outcome.BOT, "names itself"));

      JsonNode clicks = stream.next("clicks");
      while (clicks.size() < 2) {
        ((ArrayNode) clicks).addAll((ArrayNode) stream.next("clicks"));
      }
      assertThat(clicks).hasSize(2);
      assertThat(clicks.at("/0/url").asText()).isEqualTo("https://demo.example/a");
      assertThat(clicks.at("/0/path").asText()).isEqualTo("/a");
      assertThat(clicks.at("/0/country").asText()).isEqualTo("SE");
      assertThat(clicks.at("/0/outcome").asText()).isEqualTo("counted");
      assertThat(clicks.at("/1/outcome").asText()).isEqualTo("bot");
      assertThat(clicks.at("/1/reason").asText()).isEqualTo("names itself");
      assertThat(clicks.at("/1/country").asText()).isEmpty();
      assertThat(clicks.toString())
          .doesNotContain(
              "user-of", "anonymous-id", "192.0.2", "browser's name", "\"ada\"", "mail");
    }
  }

  @Test
  void sharesOneSubscriptionPerSiteAndEndsItWithTheLastReader() {
    try (EventStream one = follow(server, "demo");
        EventStream two = follow(server, "demo")) {
      one.next("snapshot");
      two.next("snapshot");
      assertThat(server.feed.subscriptions()).isEqualTo(1);
    }
    waitUntil(() -> server.feed.subscriptions() == 0);
    waitUntil(() -> number("millrace_query_live_connections") == 0);
  }

  @Test
  void refusesMoreStreamsThanAllowed() {
    try (EventStream one = follow(server, "demo");
        EventStream two = follow(server, "demo");
        EventStream three = follow(server, "other")) {
      one.next("snapshot");
      two.next("snapshot");
      three.next("snapshot");

      var refused = server.get("/api/v1/live?site=demo");

      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    }
    waitUntil(() -> server.feed.subscriptions() == 0);
    try (EventStream again = follow(server, "demo")) {
      again.next("snapshot");
    }
  }

  @Test
  void keepsTheStreamWhileCellsAreAway() {
    try (EventStream stream = follow(server, "demo")) {
      stream.next("snapshot");
      server.cells.setAway(true);
      int scans = server.cells.scans();
      waitUntil(() -> server.cells.scans() > scans + 1);
      server.cells.setAway(false);
      server.with(aClick().at(QueryServer.NOW).counted());

      JsonNode snapshot = stream.next("snapshot");
      while (snapshot.at("/visitors_now").asInt() == 0) {
        snapshot = stream.next("snapshot");
      }
    }
  }

  @Test
  void dropsOneWhoDoesNotReadAndNobodyElse() throws Exception {
    try (var idle = new Socket()) {
      idle.setReceiveBufferSize(2048);
      idle.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
      idle.getOutputStream()
          .write(
              "GET /api/v1/live?site=demo HTTP/1.1\r\nHost: localhost\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      try (EventStream stream = follow(server, "demo")) {
        String large = "/" + "x".repeat(20_000);
        waitUntil(
            () -> {
              for (int i = 0; i < 50; i++) {
                server.feed.publish(aClick().path(large).inFeed());
              }
              stream.next("snapshot");
              return number("millrace_query_live_readers_dropped") == 1;
            });
        stream.next("snapshot");
        assertThat(number("millrace_query_live_connections")).isEqualTo(1);
      }
    }
  }

  @Test
  void endsStreamsWhenTheServiceCloses() {
    try (EventStream stream = follow(server, "demo")) {
      stream.next("snapshot");

      server.service.close();

      assertThat(stream.ends()).isTrue();
      assertThat(server.get("/api/v1/live?site=demo").statusCode()).isEqualTo(503);
    }
  }

  private double number(String name) {
    for (MetricSnapshot metric : server.registry.scrape()) {
      if (metric.getMetadata().getName().equals(name)) {
        return switch (metric) {
          case GaugeSnapshot gauge -> gauge.getDataPoints().getFirst().getValue();
          case CounterSnapshot counter -> counter.getDataPoints().getFirst().getValue();
          default -> throw new AssertionError(name + " is no number");
        };
      }
    }
    throw new AssertionError(name + " is missing");
  }

  private static void waitUntil(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(40).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("did not happen");
      }
      LockSupport.parkNanos(5_000_000);
    }
  }

  private static QueryServer serverOf(int connections, Duration interval) {
    QueryConfig usual = QueryConfig.defaults();
    return new QueryServer(
        new QueryConfig(
            usual.maxRows(),
            usual.defaultLimit(),
            usual.maxCellsScanned(),
            usual.maxGroups(),
            usual.queryTimeout(),
            usual.cellsPatience(),
            usual.concurrentQueries(),
            connections,
            interval,
            usual.feedSample()),
        Optional.empty());
  }
}
