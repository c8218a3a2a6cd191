package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.server.sender.EventJson;
import io.millrace.server.sender.EventSender;
import io.millrace.server.sender.OutgoingEvent;
import io.millrace.testing.harness.ChildJvm;
import io.millrace.testing.harness.MetricsProbe;
import io.millrace.testing.harness.PushReader;
import io.millrace.testing.harness.RunningInstance;
import io.millrace.testing.harness.Shell;
import io.millrace.testing.harness.TestEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Push queries against a real Kafka: what was sent comes, once each, also over reconnects. */
@TestInstance(PER_CLASS)
@Timeout(400)
class PushIT {
  private static final int BATCH = 50;

  private final AtomicLong sent = new AtomicLong();
  private Path folder;
  private RunningInstance millrace;

  @BeforeAll
  void start(@TempDir Path temporary) {
    folder = temporary;
    millrace = RunningInstance.start(temporary.resolve("millrace-data"));
    ChildJvm.writeLauncher(temporary.resolve("millrace"));
  }

  @AfterAll
  void stop() {
    millrace.close();
  }

  @Test
  void everyClickComesOnceOverManyReconnects() throws InterruptedException {
    String prefix = "/once-";
    String sql = "SELECT path FROM clicks WHERE path LIKE '" + prefix + "%' EMIT CHANGES";
    int clicks = 3_000;
    var received = new ArrayList<String>();
    var reader = new PushReader(millrace.url(), sql, "");
    Thread sender = Thread.ofPlatform().start(() -> send(prefix, clicks));

    // When the connection is given up in the middle of it, again and again
    int connections = 1;
    int readSinceConnecting = 0;
    while (received.size() < clicks) {
      JsonNode event = reader.next().orElseThrow();
      event.path("rows").forEach(row -> received.add(row.path(0).asText()));
      readSinceConnecting += event.path("rows").size();
      if (readSinceConnecting > 300) {
        String id = reader.lastId();
        reader.close();
        reader = new PushReader(millrace.url(), sql, id);
        connections++;
        readSinceConnecting = 0;
      }
    }
    sender.join();
    reader.close();

    // Then there is neither gap nor repetition
    assertThat(connections).isGreaterThan(5);
    assertThat(received).containsExactlyInAnyOrderElementsOf(paths(prefix, clicks));
  }

  @Test
  void aReaderThatTakesNothingIsDroppedWhileAFastOneGetsEverything() throws Exception {
    String prefix = "/slow-";
    int clicks = 3_000;
    String condition = " FROM clicks WHERE path LIKE '" + prefix + "%' EMIT CHANGES";
    var received = Collections.synchronizedList(new ArrayList<String>());
    var isOver = new AtomicBoolean();
    try (PushReader fast = new PushReader(millrace.url(), "SELECT path" + condition, "");
        Socket slow = ask("SELECT path || '" + "x".repeat(30_000) + "'" + condition)) {
      Thread reading =
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (received.size() < clicks && !isOver.get()) {
                      fast.next()
                          .orElseThrow()
                          .path("rows")
                          .forEach(row -> received.add(row.path(0).asText()));
                    }
                  });

      send(prefix, clicks);

      await()
          .atMost(Duration.ofMinutes(2))
          .untilAsserted(() -> assertThat(received).hasSize(clicks));
      isOver.set(true);
      reading.join();
      assertThat(slow.isClosed()).isFalse();
      assertThat(received).containsExactlyInAnyOrderElementsOf(paths(prefix, clicks));
      // The other one has taken nothing all the time; one that takes a little is told, see
      // PushTest.
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(
              () ->
                  assertThat(
                          new MetricsProbe(millrace.http())
                              .sum("millrace_query_push_readers_dropped_total"))
                      .isPositive());
    }
  }

  @Test
  void theChangesOfAViewAddUpToItsAnswer() throws Exception {
    String prefix = "/view-";
    // Some paths get 8 clicks and are gone in the end, the others get 7
    int clicks = 1_900;
    String select =
        "SELECT path, SUM(events) AS events, MERGE(visitors) AS visitors FROM pages WHERE path LIKE '"
            + prefix
            + "%' GROUP BY path HAVING SUM(events) < 8";
    Map<String, JsonNode> rows = new HashMap<>();
    var reader = new PushReader(millrace.url(), select + " EMIT CHANGES", "");
    Thread sender = Thread.ofPlatform().start(() -> sendTo(prefix, clicks, 250));

    // When the last of the changes has come, over some reconnects
    JsonNode expected = null;
    int events = 0;
    int changes = 0;
    while (expected == null || !sameRows(rows, expected)) {
      JsonNode event = reader.next().orElseThrow();
      apply(event, rows);
      changes += event.path("event").asText().equals("rows") ? 1 : 0;
      events++;
      if (events % 3 == 0) {
        String id = reader.lastId();
        reader.close();
        reader = new PushReader(millrace.url(), select + " EMIT CHANGES", id);
      }
      if (expected == null && !sender.isAlive()) {
        millrace.awaitAccounted(sent.get());
        expected = pulled(select);
      }
    }
    reader.close();

    // Then
    assertThat(changes).isGreaterThan(1);
    assertThat(rows).hasSize(100);
    assertThat(sameRows(rows, pulled(select))).isTrue();
  }

  @Test
  void theShellShowsRowsAsTheyComeAndEndsAtTheLimit() throws InterruptedException {
    String prefix = "/shell-";
    var isOver = new AtomicBoolean();
    Thread sender =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!isOver.get()) {
                    send(prefix, BATCH);
                  }
                });

    Shell.Result table = shell("SELECT path, country FROM clicks EMIT CHANGES LIMIT 7", "table");
    Shell.Result csv = shell("SELECT path FROM clicks EMIT CHANGES LIMIT 3", "csv");
    Shell.Result lines =
        shell(
            "SELECT path, SUM(events) AS n FROM pages GROUP BY path EMIT CHANGES LIMIT 2",
            "ndjson");
    isOver.set(true);
    sender.join();

    assertThat(table.exitCode()).as(table.output()).isZero();
    assertThat(table.output()).contains("path", "(7 rows");
    assertThat(table.output().lines().filter(line -> line.startsWith("/"))).hasSize(7);
    assertThat(csv.output().lines().filter(line -> line.startsWith("/"))).hasSize(3);
    assertThat(lines.output().lines().filter(line -> line.startsWith("["))).hasSize(2);
  }

  private Shell.Result shell(String sql, String format) {
    return new Shell(folder, Duration.ofMinutes(1))
        .run(
            "./millrace sql --target "
                + millrace.url()
                + " --format "
                + format
                + " -e '"
                + sql
                + "'");
  }

  private static void apply(JsonNode event, Map<String, JsonNode> rows) {
    if (event.path("event").asText().equals("snapshot")) {
      rows.clear();
    }
    event.path("gone").forEach(row -> rows.remove(row.path(0).asText()));
    event.path("rows").forEach(row -> rows.put(row.path(0).asText(), row));
  }

  private static boolean sameRows(Map<String, JsonNode> rows, JsonNode expected) {
    var others = new HashMap<String, JsonNode>();
    expected.forEach(row -> others.put(row.path(0).asText(), row));
    return rows.equals(others);
  }

  private JsonNode pulled(String select) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(millrace.url().resolve("/api/v1/sql"))
                  .header("Content-Type", "application/sql")
                  .POST(HttpRequest.BodyPublishers.ofString(select))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return new ObjectMapper().readTree(answer.body()).path("rows");
    }
  }

  /** A reader that takes nothing but what its connection takes. */
  private Socket ask(String sql) throws IOException {
    URI url = millrace.url();
    var socket = new Socket();
    socket.setReceiveBufferSize(4_096);
    socket.connect(
        new InetSocketAddress(InetAddress.getByName(url.getHost()), url.getPort()), 5_000);
    byte[] body = sql.getBytes(StandardCharsets.UTF_8);
    String head =
        "POST /api/v1/sql HTTP/1.1\r\nHost: "
            + url.getAuthority()
            + "\r\nContent-Type: application/sql\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(body);
    socket.getOutputStream().flush();
    return socket;
  }

  /** Sends clicks, each of a path of its own. */
  private void send(String prefix, int clicks) {
    sendTo(prefix, clicks, clicks);
  }

  private void sendTo(String prefix, int clicks, int paths) {
    try (EventSender sender = millrace.sender()) {
      for (int first = 0; first < clicks; first += BATCH) {
        var batch = new ArrayList<OutgoingEvent>();
        for (int i = first; i < Math.min(clicks, first + BATCH); i++) {
          String id = prefix + i + "-" + sent.incrementAndGet();
          batch.add(
              EventJson.event(id, "page")
                  .text("url", "http://" + RunningInstance.SITE + prefix + i % paths)
                  .text("anonymous_id", "visitor-" + i % 100)
                  .text("user_agent", TestEvent.AGENT)
                  .end());
        }
        assertThat(sender.send(batch).accepted()).isEqualTo(batch.size());
      }
    } catch (InterruptedException stopped) {
      throw new AssertionError("not sent in time", stopped);
    }
  }

  private static List<String> paths(String prefix, int count) {
    var paths = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      paths.add(prefix + i);
    }
    return paths;
  }
}
