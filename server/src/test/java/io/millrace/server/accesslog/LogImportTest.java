package io.millrace.server.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.server.sender.EventSender;
import io.millrace.server.sender.FakeCollector;
import io.millrace.server.sender.SenderConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogImportTest {
  private static final String LOG =
      """
      192.0.2.7 - - [17/May/2015:10:05:03 +0000] "GET /blog/?a=1 HTTP/1.1" 200 203023 "http://ref.example/" "Mozilla/5.0"
      192.0.2.7 - - [17/May/2015:10:05:04 +0000] "GET /style.css HTTP/1.1" 200 10 "-" "Mozilla/5.0"
      192.0.2.99 - - [17/May/2015:23:59:59 +0000] "GET / HTTP/1.1" 304 - "-" "Mozilla/5.0"
      not a line
      192.0.2.7 - - [18/May/2015:00:00:00 +0000] "GET /next HTTP/1.1" 200 5 "-" "Mozilla/5.0"
      192.0.2.7 - - [18/May/2015:00:00:01 +0000] "-" 408 - "-" "-"
      """;

  @TempDir private Path folder;
  private FakeCollector collector;

  @BeforeEach
  void start() throws IOException {
    collector = new FakeCollector();
  }

  @AfterEach
  void stop() {
    collector.close();
  }

  @Test
  void sendsPagesAndCountsEveryLineOnce() throws Exception {
    ImportTally tally = imported(plain(LOG), LogFormat.AUTO, false);

    assertThat(tally.format()).isEqualTo(LogFormat.COMBINED);
    assertThat(tally.lines()).isEqualTo(6);
    assertThat(tally.accepted()).isEqualTo(3);
    assertThat(tally.skipped()).isEqualTo(2);
    assertThat(tally.malformed().first())
        .containsExactly(new ImportTally.Finding(4, "no time in brackets follows the user"));
    assertThat(tally.earliest()).contains(Instant.parse("2015-05-17T10:05:03Z"));
    assertThat(tally.latest()).contains(Instant.parse("2015-05-18T00:00:00Z"));
  }

  @Test
  void writesAnEventAsTheCollectorWantsIt() throws Exception {
    imported(plain(LOG), LogFormat.AUTO, false);

    JsonNode event = collector.accepted().getFirst();
    assertThat(event.path("type").asText()).isEqualTo("page");
    assertThat(event.path("url").asText()).isEqualTo("http://site.example/blog/?a=1");
    assertThat(event.path("referrer").asText()).isEqualTo("http://ref.example/");
    assertThat(event.path("timestamp").asLong()).isEqualTo(1431857103000L);
    assertThat(event.path("ip").asText()).isEqualTo("192.0.2.0");
    assertThat(event.path("user_agent").asText()).isEqualTo("Mozilla/5.0");
    assertThat(event.path("properties").toString())
        .isEqualTo("{\"status\":200,\"method\":\"GET\",\"bytes\":203023}");
    assertThat(event.has("name")).isFalse();
  }

  @Test
  void takesANetworkWithAnAgentOnADayForAVisitor() throws Exception {
    imported(plain(LOG), LogFormat.AUTO, false);

    List<String> visitors = texts("anonymous_id");
    assertThat(visitors.get(0)).isEqualTo(visitors.get(1)).isNotEqualTo(visitors.get(2));
  }

  @Test
  void sendsTheOtherRequestsAsTrackEventsWhenAllAreWanted() throws Exception {
    ImportTally tally = imported(plain(LOG), LogFormat.AUTO, true);

    assertThat(tally.accepted()).isEqualTo(5);
    assertThat(texts("type")).containsExactly("page", "track", "page", "page", "track");
    assertThat(collector.accepted().getLast().path("name").asText()).isEqualTo("request");
    assertThat(collector.accepted().getLast().has("url")).isFalse();
  }

  @Test
  void givesTheSameIdsToTheSameLogRenamedCompressedOrContinued() throws Exception {
    imported(plain(LOG), LogFormat.AUTO, false);
    List<String> ids = texts("id");

    Path compressed = folder.resolve("renamed");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(compressed))) {
      out.write(LOG.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(idsOf(compressed)).isEqualTo(ids);

    Path continued = plain(LOG);
    Files.writeString(continued, LOG.lines().toList().getFirst(), StandardOpenOption.APPEND);
    assertThat(idsOf(continued)).startsWith(ids.toArray(String[]::new)).doesNotHaveDuplicates();
  }

  @Test
  void readsACommonLogAsCommon() throws Exception {
    String line = "192.0.2.7 - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 1\n";

    ImportTally tally = imported(plain(line.repeat(3)), LogFormat.AUTO, false);

    assertThat(tally.format()).isEqualTo(LogFormat.COMMON);
    assertThat(tally.accepted()).isEqualTo(3);
  }

  @Test
  void tellsTheLineOfAnEventThatWasRefused() throws Exception {
    collector.refuse(event -> event.path("url").asText().endsWith("/next"));

    assertThat(imported(plain(LOG), LogFormat.AUTO, false).refused().first())
        .containsExactly(new ImportTally.Finding(5, "url: not a URL"));
  }

  @Test
  void importsADamagedFileUpToTheDamage() throws Exception {
    Path path = folder.resolve("cut.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
      out.write(LOG.repeat(200).getBytes(StandardCharsets.UTF_8));
    }
    byte[] whole = Files.readAllBytes(path);
    Files.write(path, Arrays.copyOf(whole, whole.length - 6));

    ImportTally tally = imported(path, LogFormat.AUTO, false);

    assertThat(tally.failure().orElseThrow()).contains("in the middle of its compressed data");
    assertThat(tally.accepted()).isPositive();
  }

  @Test
  void reportsAnEmptyFileAsEmpty() throws Exception {
    ImportTally tally = imported(plain(""), LogFormat.AUTO, false);

    assertThat(tally.lines()).isZero();
    assertThat(tally.failure()).isEmpty();
  }

  private List<String> idsOf(Path path) throws Exception {
    collector.accepted().clear();
    imported(path, LogFormat.AUTO, false);
    return texts("id");
  }

  private ImportTally imported(Path path, LogFormat format, boolean all)
      throws IOException, InterruptedException {
    var progress = new ArrayList<ImportProgress>();
    try (var sender = new EventSender(SenderConfig.to(collector.uri(), "secret"))) {
      var request = new ImportRequest(path, format, "site.example", all);
      ImportTally tally = new LogImport(request, sender, progress::add).run();
      assertThat(progress).allSatisfy(each -> assertThat(each.fraction()).isBetween(0.0, 1.0));
      return tally;
    }
  }

  private Path plain(String text) throws IOException {
    return Files.writeString(folder.resolve("access.log"), text);
  }

  private List<String> texts(String field) {
    return collector.accepted().stream().map(event -> event.path(field).asText()).toList();
  }
}
