package io.millrace.query;

import static io.millrace.query.testing.ClickBuilder.aClick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_METHOD;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.query.sql.push.PushConfig;
import io.millrace.query.testing.ClickBuilder;
import io.millrace.query.testing.PushProbe;
import io.millrace.query.testing.QueryServer;
import io.millrace.views.JudgedClick;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(PER_METHOD)
@Timeout(60)
class PushTest {
  private static final String PATHS = "SELECT path FROM clicks EMIT CHANGES";
  private static final PushConfig SMALL =
      new PushConfig(
          3,
          1,
          50,
          1 << 20,
          Duration.ofSeconds(30),
          Duration.ofMillis(100),
          Duration.ofHours(1),
          Duration.ofMillis(10),
          100);

  /** With room for all that waits, so that only who is stuck is dropped. */
  private static final PushConfig IMPATIENT =
      new PushConfig(
          3,
          1,
          1_000_000,
          1 << 30,
          Duration.ofMillis(100),
          Duration.ofMillis(100),
          Duration.ofHours(1),
          Duration.ofMillis(10),
          100);

  private QueryServer server = new QueryServer(QueryConfig.defaults(), SMALL, Optional.empty());

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void sendsARowForEachClickThatTheConditionHoldsFor() {
    try (PushProbe probe =
        PushProbe.open(
            server,
            "SELECT UPPER(path) AS p, country FROM clicks WHERE country = 'SE' EMIT CHANGES")) {
      PushProbe.Event columns = probe.next("columns");

      publish(aClick().path("/a"), aClick().path("/b").country("DE"), aClick().path("/c"));

      assertThat(columns.data().toString())
          .isEqualTo(
              "{\"columns\":[{\"name\":\"p\",\"type\":\"VARCHAR\"},"
                  + "{\"name\":\"country\",\"type\":\"VARCHAR\"}],\"keyed\":false}");
      assertThat(columns.id()).isEqualTo("0.0");
      PushProbe.Event rows = probe.next("rows");
      assertThat(rows.rows()).isEqualTo("[[\"/A\",\"SE\"],[\"/C\",\"SE\"]]");
      assertThat(rows.id()).isEqualTo("2.1");
    }
  }

  @Test
  void goesOnAfterTheLastIdWithoutGapOrRepetition() {
    String id;
    try (PushProbe probe = PushProbe.open(server, PATHS)) {
      probe.next("columns");
      publish(aClick().path("/1"), aClick().path("/2"), aClick().path("/3"));
      assertThat(probe.rows(3)).containsExactly("[\"/1\"]", "[\"/2\"]", "[\"/3\"]");
      id = probe.lastId();
    }
    publish(aClick().path("/4"), aClick().path("/5"));

    try (PushProbe probe = PushProbe.open(server, PATHS, id)) {
      probe.next("columns");
      publish(aClick().path("/6"));
      publish(aClick().path("/7"));

      assertThat(probe.rows(4))
          .containsExactlyInAnyOrder("[\"/4\"]", "[\"/5\"]", "[\"/6\"]", "[\"/7\"]");
      await(() -> server.tail.readings() == 0 && server.tail.followers() == 1);
      publish(aClick().path("/8"));
      assertThat(probe.rows(1)).containsExactly("[\"/8\"]");
    }
    await(() -> server.tail.followers() == 0);
  }

  @Test
  void aHeartbeatCarriesTheIdAlsoWhereNoRowWasSent() {
    try (PushProbe probe =
        PushProbe.open(server, "SELECT path FROM clicks WHERE country = 'no' EMIT CHANGES")) {
      probe.next("columns");
      publish(aClick().path("/1"));

      String line = probe.line();
      while (!line.equals("id: 1.0")) {
        line = probe.line();
      }
      assertThat(probe.line()).isEqualTo(": waiting");
    }
  }

  @Test
  void endsAtTheLimitWithAnIdToGoOnFrom() {
    try (PushProbe probe = PushProbe.open(server, PATHS + " LIMIT 2")) {
      probe.next("columns");
      publish(aClick().path("/1"), aClick().path("/2"), aClick().path("/3"));

      assertThat(probe.next("rows").rows()).isEqualTo("[[\"/1\"],[\"/2\"]]");
      assertThat(probe.next("end").data().path("reason").asText()).isEqualTo("limit");
      assertThat(probe.line()).isEmpty();
      assertThat(probe.line()).isEqualTo("the end");
    }
    try (PushProbe probe = PushProbe.open(server, PATHS + " LIMIT 1", "1.1")) {
      probe.next("columns");
      assertThat(probe.next("rows").rows()).isEqualTo("[[\"/3\"]]");
    }
  }

  @Test
  void anIdOfAnotherLogIsRefusedAndSoIsOneOfClicksThatAreGone() {
    publish(aClick());

    assertThat(refusal(PATHS, "9.9")).containsExactly("400", "bad_parameter", "after");
    assertThat(refusal(PATHS, "nonsense")).containsExactly("400", "bad_parameter", "after");
    server.tail.forget();
    assertThat(refusal(PATHS, "0.0")).containsExactly("422", "not_kept", "after");
  }

  @Test
  void aSlowReaderIsToldAndDroppedWhileAFastOneGoesOn() throws IOException {
    String big = "SELECT path || '" + "x".repeat(30_000) + "' AS p FROM clicks EMIT CHANGES";
    try (Socket slow = ask(big);
        PushProbe fast = PushProbe.open(server, PATHS)) {
      fast.next("columns");
      await(() -> server.tail.followers() == 2);

      // When only one of them reads
      int sent = 0;
      while (metric("millrace_query_push_readers_dropped_total") == 0 && sent < 20_000) {
        publish(aClick().path("/" + sent));
        assertThat(fast.rows(1)).containsExactly("[\"/" + sent + "\"]");
        sent++;
        if (sent == 1_000) {
          // As much as the connection itself and the backlog hold has been sent: now it reads.
          readInBackground(slow);
        }
      }

      // Then
      assertThat(metric("millrace_query_push_readers_dropped_total")).isEqualTo(1);
      publish(aClick().path("/after"));
      assertThat(fast.rows(1)).containsExactly("[\"/after\"]");
    }
  }

  @Test
  void aReaderThatIsDroppedCanReadWhyAndGoOn() throws IOException {
    String big = "SELECT path || '" + "x".repeat(30_000) + "' AS p FROM clicks EMIT CHANGES";
    int clicks = 2_000;
    try (Socket slow = ask(big)) {
      await(() -> server.tail.followers() == 1);
      publish(aClick().path("/0"));
      await(() -> metric("millrace_query_push_rows_total") == 1);
      for (int i = 1; i < clicks; i++) {
        publish(aClick().path("/" + i));
      }

      String all = readToTheEnd(slow);

      assertThat(all).contains("event: dropped", "\"reason\":\"too_slow\"");
      int seen = count(all, "[\"/");
      assertThat(seen).isPositive().isLessThan(clicks);
      String id = lastId(all);
      try (PushProbe again = PushProbe.open(server, PATHS, id)) {
        again.next("columns");
        var rest = again.rows(clicks - seen);
        assertThat(rest).doesNotHaveDuplicates();
        assertThat(rest).allSatisfy(row -> assertThat(all).doesNotContain(row.replace("\"]", "x")));
      }
    }
  }

  @Test
  void aReaderThatTakesNothingLosesItsConnection() throws IOException {
    server.close();
    server = new QueryServer(QueryConfig.defaults(), IMPATIENT, Optional.empty());
    String big = "SELECT path || '" + "x".repeat(30_000) + "' AS p FROM clicks EMIT CHANGES";
    try (Socket stuck = ask(big)) {
      await(() -> stuck.isConnected() && server.tail.followers() == 1);

      // When more comes than its connection holds
      await(
          () -> {
            publish(aClick());
            return metric("millrace_query_push_readers_dropped_total") == 1;
          });

      // Then it was not told, since it could not be
      assertThat(server.tail.followers()).isZero();
    }
  }

  @Test
  void aViewSendsAllRowsAndThenThoseThatChange() {
    server.with(click("/a"), click("/a"), click("/b"));
    try (PushProbe probe =
        PushProbe.open(
            server,
            "SELECT path, SUM(events) AS n FROM pages GROUP BY path HAVING SUM(events) < 4 EMIT CHANGES")) {
      assertThat(probe.next("columns").data().toString())
          .isEqualTo(
              "{\"columns\":[{\"name\":\"path\",\"type\":\"VARCHAR\",\"key\":true},"
                  + "{\"name\":\"n\",\"type\":\"BIGINT\"}],\"keyed\":true}");
      assertThat(rowsOf(probe.next("snapshot").data()))
          .containsExactlyInAnyOrder("[\"/a\",2]", "[\"/b\",1]");

      server.with(click("/a"), click("/c"));
      assertThat(rowsOf(probe.next("rows").data()))
          .containsExactlyInAnyOrder("[\"/a\",3]", "[\"/c\",1]");

      server.with(click("/a"));
      assertThat(probe.next("rows").data().path("gone").toString()).isEqualTo("[[\"/a\",3]]");
    }
  }

  @Test
  void aViewSendsWhatWasMissedOrEverything() {
    String sql = "SELECT path, SUM(events) AS n FROM pages GROUP BY path EMIT CHANGES";
    server.with(click("/a"), click("/b"));
    String id;
    try (PushProbe probe = PushProbe.open(server, sql)) {
      probe.next("columns");
      probe.next("snapshot");
      id = probe.lastId();
    }
    server.with(click("/b"));

    try (PushProbe probe = PushProbe.open(server, sql, id)) {
      probe.next("columns");
      assertThat(probe.next("rows").rows()).isEqualTo("[[\"/b\",2]]");
    }
    try (PushProbe probe = PushProbe.open(server, sql, "anything-7")) {
      probe.next("columns");
      assertThat(rowsOf(probe.next("snapshot").data())).contains("[\"/b\",2]");
    }
  }

  @Test
  void followsTheFirstRowsOfAnOrder() {
    server.with(click("/a"), click("/a"), click("/b"));
    try (PushProbe probe =
        PushProbe.open(
            server,
            "SELECT path, SUM(events) AS n FROM pages GROUP BY path ORDER BY n DESC LIMIT 1 EMIT CHANGES")) {
      probe.next("columns");
      assertThat(probe.next("snapshot").rows()).isEqualTo("[[\"/a\",2]]");

      server.with(click("/b"), click("/b"));

      JsonNode changes = probe.next("rows").data();
      assertThat(changes.toString()).isEqualTo("{\"rows\":[[\"/b\",3]],\"gone\":[[\"/a\",2]]}");
    }
  }

  @Test
  void aLineEachIsThereToo() throws Exception {
    HttpResponse<InputStream> response =
        server
            .client()
            .send(
                server
                    .request("/api/v1/sql")
                    .header("Accept", "application/x-ndjson")
                    .header("Content-Type", "application/json")
                    .POST(
                        BodyPublishers.ofString(
                            "{\"sql\":\"" + PATHS + "\",\"max_rows\":1,\"after\":\"0.0\"}"))
                    .build(),
                HttpResponse.BodyHandlers.ofInputStream());
    publish(aClick().path("/1"));

    String all = new String(response.body().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(all.lines().filter(line -> !line.contains("waiting")))
        .containsExactly(
            "{\"event\":\"columns\",\"id\":\"0.0\",\"columns\":[{\"name\":\"path\",\"type\":\"VARCHAR\"}],\"keyed\":false}",
            "{\"event\":\"rows\",\"id\":\"1.0\",\"rows\":[[\"/1\"]]}",
            "{\"event\":\"end\",\"reason\":\"limit\",\"message\":\"as many rows as were asked for\"}");
  }

  @Test
  void noMoreReadersThanAreAllowed() {
    var probes = new ArrayList<PushProbe>();
    for (int i = 0; i < SMALL.maxReaders(); i++) {
      probes.add(PushProbe.open(server, PATHS));
    }

    HttpResponse<String> refused = post(PATHS);

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).contains("2");
    probes.forEach(PushProbe::close);
    await(
        () -> {
          publish(aClick());
          return metric("millrace_query_push_readers") == 0;
        });
    PushProbe.open(server, PATHS).close();
  }

  @Test
  void streamsEndWithTheServer() {
    try (PushProbe probe = PushProbe.open(server, PATHS);
        PushProbe ofView = PushProbe.open(server, "SELECT * FROM traffic EMIT CHANGES")) {
      probe.next("columns");
      ofView.next("columns");
      ofView.next("snapshot");

      server.service.close();

      assertThat(probe.next("end").data().path("reason").asText()).isEqualTo("stopping");
      assertThat(ofView.next("end").data().path("reason").asText()).isEqualTo("stopping");
    }
  }

  @Test
  void aViewWithTooManyRowsIsRefused() {
    for (int i = 0; i <= SMALL.maxViewRows(); i++) {
      server.with(click("/" + i));
    }

    assertThat(refusal("SELECT path, SUM(events) AS n FROM pages GROUP BY path EMIT CHANGES", ""))
        .containsExactly("422", "query_too_large", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          SELECT pth FROM clicks EMIT CHANGES                         | 1 |  8 | pth
          SELECT path FROM clicks EMIT CHANGES ORDER BY path          | 1 | 38 | only LIMIT
          SELECT path FROM clicks EMIT CHANGES LIMIT 0                | 1 | 44 | from 1 on
          SELECT path FROM clicks EMIT CHANGES LIMIT                  | 1 | 38 | from 1 on
          SELECT path FROM clicks EMIT CHANGES LIMIT 2 OFFSET 1       | 1 | 46 | nothing may follow
          SELECT path FROM (SELECT path FROM pages EMIT CHANGES) x    | 1 | 42 | end of the statement
          SELECT path FROM pages ORDER BY path EMIT CHANGES           | 1 | 24 | have no order
          SELECT path FROM sessions EMIT CHANGES                      | 1 | 18 | cannot be followed
          SELECT path FROM clicks ORDER BY path EMIT CHANGES          | 1 | 25 | leave out ORDER BY
          SELECT path FROM clicks JOIN pages USING (path) EMIT CHANGES | 1 | 30 | pages
          SELECT COUNT(*) FROM clicks EMIT CHANGES                    | 1 | 22 | follow a view
          SELECT p.path FROM pages p, clicks EMIT CHANGES             | 1 | 29 | clicks
          EXPLAIN PLAN FOR SELECT path FROM pages EMIT CHANGES        | 1 |  1 | EXPLAIN
          SELECT nothing FROM pages EMIT CHANGES                      | 1 |  8 | nothing
          SELECT path FROM EMIT CHANGES                               | 1 | 13 | FROM
          """)
  void saysWhereAStatementIsWrong(String sql, int line, int column, String message) {
    HttpResponse<String> response = post(sql);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    JsonNode error = QueryServer.parse(response.body()).path("error");
    assertThat(error.path("message").asText()).contains(message);
    assertThat(List.of(error.path("line").asInt(), error.path("column").asInt()))
        .as(error.toString())
        .containsExactly(line, column);
  }

  @Test
  void formsThatCannotBeFollowedAreRefused() {
    HttpResponse<String> csv =
        server.send(
            server
                .request("/api/v1/sql")
                .header("Accept", "text/csv")
                .header("Content-Type", "application/sql")
                .POST(BodyPublishers.ofString(PATHS)));
    HttpResponse<String> pull =
        server.send(
            server
                .request("/api/v1/sql")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"sql\":\"VALUES 1\",\"after\":\"1\"}")));

    assertThat(QueryServer.parse(csv.body()).at("/error/field").asText()).isEqualTo("accept");
    assertThat(QueryServer.parse(pull.body()).at("/error/field").asText()).isEqualTo("after");
  }

  private static JudgedClick click(String path) {
    return aClick().path(path).counted();
  }

  private void publish(ClickBuilder... clicks) {
    var counted = new JudgedClick[clicks.length];
    for (int i = 0; i < clicks.length; i++) {
      counted[i] = clicks[i].counted();
    }
    server.tail.publish(counted);
  }

  private static List<String> rowsOf(JsonNode data) {
    var rows = new ArrayList<String>();
    data.path("rows").forEach(row -> rows.add(row.toString()));
    return rows;
  }

  private HttpResponse<String> post(String sql) {
    return server.send(
        server
            .request("/api/v1/sql")
            .header("Content-Type", "application/sql")
            .POST(BodyPublishers.ofString(sql)));
  }

  /** Status, code and field. */
  private List<String> refusal(String sql, String after) {
    var request =
        server
            .request("/api/v1/sql")
            .header("Content-Type", "application/sql")
            .POST(BodyPublishers.ofString(sql));
    HttpResponse<String> response =
        server.send(after.isEmpty() ? request : request.header("Last-Event-ID", after));
    JsonNode error = QueryServer.parse(response.body()).path("error");
    return List.of(
        Integer.toString(response.statusCode()),
        error.path("code").asText(),
        error.path("field").asText());
  }

  /** A reader that takes nothing but what its connection takes. */
  private Socket ask(String sql) throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(4_096);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()), 5_000);
    byte[] body = sql.getBytes(StandardCharsets.UTF_8);
    socket
        .getOutputStream()
        .write(
            ("POST /api/v1/sql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/sql\r\nContent-Length: "
                    + body.length
                    + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(body);
    socket.getOutputStream().flush();
    return socket;
  }

  /** Up to the last chunk, which is empty. */
  private static String readToTheEnd(Socket socket) throws IOException {
    var all = new ByteArrayOutputStream();
    var piece = new byte[64 * 1024];
    for (int length = 0; length >= 0; length = socket.getInputStream().read(piece)) {
      all.write(piece, 0, length);
      int tail = Math.min(all.size(), 16);
      if (new String(
              piece, Math.max(0, length - tail), Math.min(length, tail), StandardCharsets.US_ASCII)
          .endsWith("\r\n0\r\n\r\n")) {
        break;
      }
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  private static void readInBackground(Socket socket) {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
              } catch (IOException closed) {
                // The test is over.
              }
            });
  }

  private static int count(String text, String part) {
    int count = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
      count++;
    }
    return count;
  }

  private static String lastId(String all) {
    return all.lines()
        .filter(line -> line.startsWith("id: "))
        .reduce((first, second) -> second)
        .orElseThrow()
        .substring("id: ".length());
  }

  private double metric(String name) {
    for (var snapshot : server.registry.scrape()) {
      String base = name.replace("_total", "");
      if (snapshot.getMetadata().getName().equals(base)) {
        return switch (snapshot.getDataPoints().getFirst()) {
          case CounterSnapshot.CounterDataPointSnapshot counter -> counter.getValue();
          case GaugeSnapshot.GaugeDataPointSnapshot gauge -> gauge.getValue();
          default -> throw new AssertionError(name);
        };
      }
    }
    throw new AssertionError("no metric " + name);
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      try {
        Thread.sleep(1);
      } catch (InterruptedException stopped) {
        throw new AssertionError("not in time", stopped);
      }
    }
  }
}
