package io.millrace.testing.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.model.ClickEvent;
import io.millrace.model.EventType;
import io.millrace.model.SiteId;
import io.millrace.model.VisitorId;
import io.millrace.model.codec.ClickEventCodec;
import io.millrace.model.control.Permission;
import io.millrace.testing.harness.BooksAnswer;
import io.millrace.testing.harness.ForeignProducer;
import io.millrace.testing.harness.HttpAnswer;
import io.millrace.testing.harness.SecretScan;
import io.millrace.testing.harness.SqlProbe;
import io.millrace.testing.harness.TopicReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One running Millrace, and whatever somebody could throw at it. Every answer says that it was the
 * sender's fault, the log has a line for a line, nothing of it runs in a browser, and no secret
 * that was planted is anywhere when all is over.
 */
@TestInstance(PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(900)
class HostileInputIT {
  private static final SiteId SITE = HostileSender.SITE;
  private static final Pattern LOG_LINE =
      Pattern.compile(
          "(\\d{4}-\\d\\d-\\d\\dT[0-9:.,+Z-]+ |\\s+at |\\s+\\.\\.\\. |\\s*Caused by: |\\s+Suppressed: |[\\w.$]+(Exception|Error)).*");

  private RunningProgram program;
  private RawHttp raw;
  private HostileSender sender;
  private final SecretScan scan = new SecretScan(PlantedSecrets.ALL);
  private long accepted;

  @BeforeAll
  void start(@TempDir Path folder) {
    program =
        RunningProgram.start(folder, Map.of("MILLRACE_KEY", PlantedSecrets.ENVIRONMENT.value()));
    raw = new RawHttp(program.url());
    sender = new HostileSender(program, scan);
    program.admit(
        SITE,
        MarkupPayloads.all().getFirst(),
        PlantedSecrets.KEY.value(),
        EnumSet.of(Permission.ON_BEHALF, Permission.BACKFILL));
    await("the key")
        .atMost(RunningProgram.PATIENCE)
        .until(() -> sender.send(HostileSender.event("first", "/first")).isSuccess());
  }

  @AfterAll
  void stop() {
    if (program != null) {
      program.close();
    }
  }

  @Test
  @Order(1)
  void brokenJsonIsTheFaultOfWhoSentIt() {
    HostileJson.all()
        .forEach(
            (name, body) -> {
              for (String sent : List.of(body, "[" + body + "]")) {
                assertThat(sender.raw("/v1/events", sent).status()).as(name).isIn(400, 413);
              }
              assertThat(sender.raw("/api/v1/sql", body).status())
                  .as("to SQL: " + name)
                  .isIn(400, 413);
              assertThat(sender.raw("/api/v1/jdbc", body).text())
                  .as("to JDBC: " + name)
                  .startsWith("HTTP/1.1 ")
                  .doesNotContain("fault of the server");
            });
    assertThat(sender.send(HostileSender.event("after-json", "/after-json")).status())
        .isEqualTo(202);
  }

  @Test
  @Order(2)
  void whatIsTooLargeIsRefusedBeforeItIsHeld() {
    // Together more than the heap that the process has.
    var zeros = new byte[64 << 20];
    byte[] bomb = bomb();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var replies = new ArrayList<Future<RawHttp.Reply>>();
      for (int i = 0; i < 12; i++) {
        boolean isChunked = i % 2 == 0;
        replies.add(
            threads.submit(() -> sender.events(zeros, isChunked, "Content-Encoding: identity")));
        replies.add(threads.submit(() -> sender.events(bomb, isChunked, "Content-Encoding: gzip")));
      }
      // One that sends on may find the connection closed before it has read why.
      assertThat(replies)
          .extracting(reply -> reply.get().status())
          .containsOnly(413, 0)
          .filteredOn(status -> status == 413)
          .hasSizeGreaterThan(12);
    }
    assertThat(program.isAlive()).isTrue();
    assertThat(raw.get("/" + "a".repeat(100_000)).status()).isBetween(400, 499);
    assertThat(raw.get("/", "X-Long: " + "a".repeat(100_000)).status()).isBetween(400, 499);
    assertThat(raw.get("/api/v1/sites?" + "a=1&".repeat(1_000)).status()).isBetween(400, 499);
  }

  @Test
  @Order(3)
  void noAddressLeadsOutOfTheFiles() {
    String samplePage = raw.get("/sample").body();
    assertThat(samplePage).contains("<!doctype html>");
    for (String target : Traversals.targets()) {
      RawHttp.Reply reply = raw.get(target);
      if (target.startsWith("/sample/") && reply.status() == 200) {
        // The sample site has any page that one asks for, and it is always this one.
        assertThat(reply.body()).as(target).isEqualTo(samplePage);
      } else {
        assertThat(reply.status()).as(target).isBetween(400, 499);
      }
      assertThat(reply.text())
          .as(target)
          .doesNotContain("root:", "PatternLayout", "\u00CA\u00FE\u00BA\u00BE");
    }
    var sql = new SqlProbe(program.http());
    for (String topic :
        List.of("../../etc/passwd", "a/b", "..", "a\u0000b", "a\nb", "x".repeat(300))) {
      assertThat(
              sql.error(
                      "CREATE TABLE t (a VARCHAR PRIMARY KEY, b BIGINT) WITH (topic = '"
                          + topic
                          + "', format = 'json')")
                  .path("code")
                  .asText())
          .as(topic)
          .isEqualTo("invalid_sql");
    }
    assertThat(sql.error("SELECT * FROM \"../pages\"").path("code").asText())
        .isEqualTo("invalid_sql");
  }

  @Test
  @Order(4)
  void placesOfAnyLengthAreAnswered() {
    String place = "0" + ".0".repeat(3_500);
    RawHttp.Reply reply =
        raw.post(
            "/api/v1/sql",
            "SELECT path FROM clicks EMIT CHANGES LIMIT 1".getBytes(StandardCharsets.UTF_8),
            false,
            "Content-Type: application/sql",
            "Accept: text/event-stream",
            "Last-Event-ID: " + place + "x");

    assertThat(reply.status()).as(reply.text()).isEqualTo(400);
  }

  @Test
  @Order(5)
  void recordsOfOthersAreRefusedOneByOne() throws Exception {
    accepted = program.awaitAccounted(1).accepted();
    Instant now = Instant.now();
    byte[] good = ClickEventCodec.encode(click("of-somebody-else", "/else", now));
    List<byte[]> poison =
        List.of(
            "no event".getBytes(StandardCharsets.UTF_8),
            new byte[0],
            new byte[900_000],
            ClickEventCodec.encode(click("future", "/f", now.plus(Duration.ofDays(36_500)))),
            ClickEventCodec.encode(click("long", "/" + "x".repeat(900_000), now)));
    long refusedBefore = rejected();
    try (var producer = new ForeignProducer(program.bootstrapServers())) {
      for (byte[] value : poison) {
        producer.send("click-events", "somebody/else", value);
      }
      producer.sendNull("click-events", "somebody/else");
      producer.sendWithoutKey("click-events", "no event".getBytes(StandardCharsets.UTF_8));
      producer.sendWithoutKey("click-events", good);
      for (String topic : List.of("rollup-partials", "enriched-clicks", "sessions", "control")) {
        producer.sendWithoutKey(topic, "nonsense".getBytes(StandardCharsets.UTF_8));
        producer.send(topic, "key", new byte[] {3, 2, 1});
        producer.sendNull(topic, "key");
      }
    }
    assertThat(sender.send(HostileSender.event("after-poison", "/after-poison")).status())
        .isEqualTo(202);
    BooksAnswer books = program.awaitAccounted(accepted + poison.size() + 4);

    assertThat(books.balanced()).as(books.text()).isTrue();
    assertThat(books.accepted()).isEqualTo(sum(books));
    assertThat(books.outcome("invalid")).isEqualTo(rejected() - refusedBefore);
    assertThat(books.outcome("invalid")).isBetween(5L, 7L);
    accepted = books.accepted();
  }

  @Test
  @Order(6)
  void nothingOfItRunsInABrowser() throws Exception {
    accepted = new HostilePages(program, sender).requireThatNothingRuns(accepted);
  }

  @Test
  @Order(7)
  void exportsHoldNoFormula() {
    String formula = "=HYPERLINK(\"http://evil.example\",\"x\")";
    ObjectNode event =
        HostileSender.event(
            "formula",
            "/formula?utm_source="
                + URLEncoder.encode(formula, StandardCharsets.UTF_8)
                + "&utm_campaign=%2B1%3B%3D2");
    assertThat(sender.send(event).status()).isEqualTo(202);
    accepted = program.awaitAccounted(accepted + 1).accepted();

    String view =
        sender
            .seen(
                program.http().get("/api/v1/views/campaigns?site=" + SITE.value() + "&format=csv"))
            .body();
    assertThat(view).contains("\"'=HYPERLINK(\"\"http://evil.example", "\"'+1;'=2\"");
    String sql = "SELECT utm_source, utm_campaign, '@x' AS y FROM campaigns";
    // A query may have to wait for others on a busy machine, and be ended for that.
    HttpAnswer answer =
        await().atMost(RunningProgram.PATIENCE).until(() -> sender.csv(sql), HttpAnswer::isSuccess);
    assertThat(answer.body())
        .contains("\"'=HYPERLINK(\"\"http://evil.example", "\"'+1;'=2\"", "'@x");
    assertThat((view + answer.body()).lines()).noneMatch(line -> line.matches("(.*,)?\"?[=+@-].*"));
  }

  @Test
  @Order(8)
  void noSecretIsAnywhere(@TempDir Path elsewhere) throws Exception {
    new PlantedSecrets(program, sender, scan).provoke(elsewhere);
    assertThat(raw.get("/x\r\nSet-Cookie: a=b").text()).doesNotContain("Set-Cookie: a=b");
    assertThat(raw.get("/api/v1/views/x%0d%0aSet-Cookie:%20a=b").text())
        .doesNotContain("\nSet-Cookie");

    scan.text("the metrics", program.http().get("/metrics").body());
    scan.text("what it told", program.told());
    scan.arguments(program.pid());
    scan.threads(program.pid());
    scan.files(program.folder());
    assertThat(scan.scanned()).isGreaterThan(100_000);
    assertThat(scan.hits()).isEmpty();
  }

  @Test
  @Order(9)
  void theLogHasALineForALine() throws IOException {
    List<String> lines =
        Files.readAllLines(program.folder().resolve("logs/millrace.log"), StandardCharsets.UTF_8);
    assertThat(lines).isNotEmpty().allMatch(line -> LOG_LINE.matcher(line).matches());
    assertThat(lines)
        .noneMatch(
            line ->
                line.contains("hacked")
                    || line.contains("A query failed")
                    || line.chars().anyMatch(c -> c < ' ' && c != '\t'));
    assertThat(program.told().chars().filter(c -> c == 27 || c == 0x202E).count()).isZero();
  }

  /** A thousand times larger when it is inflated. */
  private static byte[] bomb() {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      for (int i = 0; i < 300; i++) {
        gzip.write(new byte[1 << 20]);
      }
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
    return bytes.toByteArray();
  }

  private static ClickEvent click(String id, String path, Instant time) {
    return new ClickEvent(
        id,
        SITE,
        new VisitorId("AAAAAAAAAAAAAAAAAAAAAA"),
        EventType.PAGE,
        "",
        "http://" + SITE.value() + path,
        "",
        "",
        "",
        "",
        time.toEpochMilli(),
        time.toEpochMilli(),
        0,
        Instant.now().toEpochMilli(),
        "",
        HostileSender.AGENT,
        "",
        "",
        "",
        false);
  }

  private long rejected() {
    return new TopicReader(program.bootstrapServers()).records("rejected-clicks").size();
  }

  private static long sum(BooksAnswer books) {
    return books.outcomes().values().stream().mapToLong(Long::longValue).sum();
  }
}
