package io.millrace.server.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.server.sender.EventSender;
import io.millrace.server.sender.FakeCollector;
import io.millrace.server.sender.SenderConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The real access log of the examples: 10,000 requests to semicomplete.com in May 2015. */
class ExampleLogTest {
  private static final Path LOG = Path.of("../examples/access-2015-05.log.gz");
  private static final int CUT_OFF_LINE = 8_899;

  @BeforeEach
  void hasExample() {
    assumeTrue(Files.exists(LOG), "the examples are there");
  }

  @Test
  void readsAllLinesButTheOneThatWasCutOffInItsUserAgent() throws Exception {
    try (var collector = new FakeCollector()) {
      ImportTally tally = imported(collector, true);

      assertThat(tally.lines()).isEqualTo(10_000);
      assertThat(tally.accepted()).isEqualTo(9_999);
      assertThat(tally.malformed().first())
          .containsExactly(
              new ImportTally.Finding(
                  CUT_OFF_LINE, "the user agent has no closing quote: the line ends inside it"));
      assertThat(collector.accepted())
          .extracting(event -> event.path("id").asText())
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void sendsEveryTargetExactlyAsItStandsInTheLog() throws Exception {
    try (var collector = new FakeCollector()) {
      imported(collector, true);

      assertThat(collector.accepted())
          .extracting(event -> event.path("url").asText())
          .containsExactlyElementsOf(
              seventhWords().stream()
                  .map(target -> target.startsWith("/") ? "http://site.example" + target : "")
                  .toList());
    }
  }

  @Test
  void findsThePagesAmongTheRequests() throws Exception {
    try (var collector = new FakeCollector()) {
      ImportTally tally = imported(collector, false);

      assertThat(tally.accepted()).isEqualTo(3_055);
      assertThat(tally.skipped()).isEqualTo(9_999 - 3_055);
      assertThat(collector.accepted())
          .extracting(event -> event.path("url").asText())
          .contains("http://site.example/projects/xdotool/")
          .noneMatch(url -> url.endsWith(".css") || url.contains("flav=rss"));
    }
  }

  private static ImportTally imported(FakeCollector collector, boolean all) throws Exception {
    try (var sender = new EventSender(SenderConfig.to(collector.uri(), "secret"))) {
      var request = new ImportRequest(LOG, LogFormat.AUTO, "site.example", all);
      return new LogImport(request, sender, progress -> {}).run();
    }
  }

  /** What {@code awk '{print $7}'} prints, without the malformed line. */
  private static List<String> seventhWords() throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(LOG))) {
      List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      return IntStream.range(0, lines.size())
          .filter(index -> index != CUT_OFF_LINE - 1)
          .mapToObj(index -> lines.get(index).split(" ", -1)[6])
          .toList();
    }
  }
}
