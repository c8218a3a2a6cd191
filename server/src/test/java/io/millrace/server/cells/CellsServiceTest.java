package io.millrace.server.cells;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.helidon.webserver.WebServer;
import io.millrace.model.cell.Grain;
import io.millrace.model.instance.Announcement;
import io.millrace.model.instance.InstanceDirectory.Member;
import io.millrace.server.security.ClusterSecret;
import io.millrace.server.security.InternalAccess;
import io.millrace.server.security.InternalRequest;
import io.millrace.server.security.SecurityConfig;
import io.millrace.server.security.SecurityConfig.AccessMode;
import io.millrace.server.security.Transport;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CellsServiceTest {
  private static final int MANY = 5_000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final CellRequest REQUEST =
      new CellRequest(
          new CellRequest.Question.Scan(
              StoredPartition.VIEW, Grain.DAY, StoredPartition.SITE, 0, 1, List.of()),
          List.of(0, 1),
          false);

  /** More than the system takes for somebody who does not read. */
  private static final int TOO_MANY = 10_000;

  private static final CellsConfig ONE_AT_A_TIME =
      new CellsConfig(
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(2),
          1);

  private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");
  private static final ClusterSecret SECRET = ClusterSecret.of("0123456789abcdef0123456789abcdef");
  private static final ClusterSecret OTHER = ClusterSecret.of("fedcba9876543210fedcba9876543210");
  private static final SecurityConfig SECURITY =
      new SecurityConfig(
          new Transport.Plain(), AccessMode.TOKENS, Optional.empty(), Optional.of(SECRET));

  private Optional<URI> self = Optional.empty();
  private final FakeOwnCells own = new FakeOwnCells(2);
  private WebServer server = start(CellsConfig.DEFAULT);

  private WebServer start(CellsConfig config) {
    WebServer started =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .shutdownHook(false)
            .routing(
                routing ->
                    routing
                        .register(new InternalAccess(SECURITY, () -> self, () -> NOW))
                        .register(new CellsService(own, new CopyLags(), config)))
            .build()
            .start();
    self = Optional.of(URI.create("http://127.0.0.1:" + started.port()));
    return started;
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private Member member() {
    return member(address().toString());
  }

  private static Member member(String url) {
    return new Member(
        new Announcement("a", "a", url, Set.of(), "1", Set.of(0), List.of(), List.of()),
        Map.of(),
        0);
  }

  private URI address() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  private static HttpCells client(ClusterSecret secret) {
    return client(secret, Optional.empty(), NOW);
  }

  private static HttpCells client(ClusterSecret secret, Optional<SSLContext> tls, Instant now) {
    return new HttpCells(CellsConfig.DEFAULT, Optional.of(secret), tls, () -> now);
  }

  private String authorization() {
    return SECRET.authorization(new InternalRequest("POST", address(), CellsService.PATH), NOW);
  }

  @Test
  void sendsAllCellsInPiecesAndSaysWhatIsNotThere() throws Exception {
    var stored = new StoredPartition();
    for (int i = 0; i < MANY; i++) {
      stored.with("group-" + i, i);
    }
    own.active.put(0, stored);

    int pieces = 0;
    int cells = 0;
    var rest = new ArrayList<CellFrame>();
    try (HttpCells client = client(SECRET);
        RemoteCells.Answer answer = client.ask(member(), REQUEST)) {
      CellFrame frame = answer.next();
      while (!(frame instanceof CellFrame.End)) {
        if (frame instanceof CellFrame.Cells(int _, List<CellFrame.Entry> entries)) {
          pieces++;
          cells += entries.size();
        } else {
          rest.add(frame);
        }
        frame = answer.next();
      }
    }

    assertThat(cells).isEqualTo(MANY);
    assertThat(pieces).isGreaterThan(1);
    assertThat(rest)
        .containsExactly(new CellFrame.Read(0, Optional.empty()), new CellFrame.NotHere(1));
  }

  @Test
  void answersNobodyWhoIsNoInstance() {
    own.active.put(0, new StoredPartition());

    try (HttpCells client = client(OTHER)) {
      assertThatThrownBy(() -> client.ask(member(), REQUEST))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("401");
    }
  }

  @Test
  void asksAgainByTheClockOfTheOtherWhereClocksDiffer() throws Exception {
    own.active.put(0, new StoredPartition());

    try (HttpCells client = client(SECRET, Optional.empty(), NOW.plusSeconds(3_600));
        RemoteCells.Answer answer = client.ask(member(), REQUEST)) {
      assertThat(answer.next()).isNotNull();
    }
  }

  @Test
  void believesNobodyWhoDoesNotKnowTheSecretAndTellsThemNothingOfIt() {
    var heard = new ArrayList<String>();
    WebServer stranger =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .shutdownHook(false)
            .routing(
                routing ->
                    routing.post(
                        CellsService.PATH,
                        (request, response) -> {
                          heard.add(request.headers().toString());
                          response.send(new byte[] {1});
                        }))
            .build()
            .start();
    try (HttpCells client = client(SECRET)) {
      Member announced = member("http://127.0.0.1:" + stranger.port());

      assertThatThrownBy(() -> client.ask(announced, REQUEST))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("does not know the cluster secret");
    } finally {
      stranger.stop();
    }
    assertThat(heard)
        .singleElement()
        .asString()
        .contains("Millrace ")
        .doesNotContain("0123456789abcdef");
  }

  @Test
  void asksOverTlsAloneWhereItSpeaksTls() throws Exception {
    try (HttpCells client = client(SECRET, Optional.of(SSLContext.getDefault()), NOW)) {
      assertThatThrownBy(() -> client.ask(member(), REQUEST))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is not asked");
    }
  }

  @Test
  void waitsForNobodyWhoHasStoppedReading() throws Exception {
    server.stop();
    server = start(ONE_AT_A_TIME);
    var stored = new StoredPartition();
    for (int i = 0; i < TOO_MANY; i++) {
      stored.with("x".repeat(4_000) + i, i);
    }
    own.active.put(0, stored);
    byte[] question = REQUEST.toBytes();

    try (var silent = new Socket(InetAddress.getLoopbackAddress(), server.port());
        HttpCells client = client(SECRET)) {
      OutputStream out = silent.getOutputStream();
      String head =
          "POST %s HTTP/1.1\r\nHost: a\r\nAuthorization: %s\r\nContent-Length: %d\r\n\r\n"
              .formatted(CellsService.PATH, authorization(), question.length);
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      out.write(question);
      out.flush();
      await("the silent one is answered")
          .atMost(PATIENCE)
          .until(() -> silent.getInputStream().available() > 0);
      assertThatThrownBy(() -> client.ask(member(), REQUEST)).hasMessageContaining("503");

      await("others are answered again")
          .atMost(PATIENCE)
          .ignoreExceptionsInstanceOf(IOException.class)
          .untilAsserted(
              () -> {
                try (RemoteCells.Answer answer = client.ask(member(), REQUEST)) {
                  assertThat(answer.next()).isInstanceOf(CellFrame.Cells.class);
                }
              });
    }
  }

  @Test
  void refusesWhatItCannotRead() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + CellsService.PATH))
            .header("Authorization", authorization())
            .POST(BodyPublishers.ofByteArray(new byte[] {1, 0, 120}))
            .build();

    try (HttpClient client = HttpClient.newHttpClient()) {
      assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(400);
    }
  }
}
