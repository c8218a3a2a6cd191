package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.model.ClickEvent;
import io.millrace.model.EnrichedClick;
import io.millrace.model.EventType;
import io.millrace.model.Outcome;
import io.millrace.model.RejectedClick;
import io.millrace.model.codec.ClickEventCodec;
import io.millrace.server.accesslog.ImportRequest;
import io.millrace.server.accesslog.ImportTally;
import io.millrace.server.accesslog.LogFormat;
import io.millrace.server.accesslog.LogImport;
import io.millrace.server.sender.EventSender;
import io.millrace.testing.harness.AccessLogOracle;
import io.millrace.testing.harness.BooksAnswer;
import io.millrace.testing.harness.ChildJvm;
import io.millrace.testing.harness.RunningInstance;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real access log of the examples goes through everything, and every number that comes out is
 * compared with what plain words of the log say. No test depends on the order of the tests: what
 * they look at stays when the log is imported again.
 */
@TestInstance(PER_CLASS)
@Timeout(300)
class ImportIT {
  private static final String HOST = "http://" + RunningInstance.SITE;
  private static final long INACTIVITY = Duration.ofMinutes(30).toMillis();
  private static final String OF_SITE = "site=" + RunningInstance.SITE;

  private final AccessLogOracle oracle = AccessLogOracle.ofExample();
  private Path folder;
  private RunningInstance millrace;
  private ImportTally tally;

  @BeforeAll
  void importAllRequests(@TempDir Path temporary) throws Exception {
    folder = temporary;
    millrace = RunningInstance.start(folder.resolve("data"));
    tally = imported(AccessLogOracle.file());
    millrace.awaitAccounted(oracle.requests());
  }

  @AfterAll
  void stop() {
    millrace.close();
  }

  @Test
  void takesEveryLineButTheMalformedOneAndNamesThat() {
    assertThat(tally.accepted()).isEqualTo(9_999).isEqualTo(oracle.requests());
    assertThat(tally.refused().count()).isZero();
    assertThat(tally.failure()).isEmpty();
    assertThat(tally.malformed().count()).isEqualTo(1);
    assertThat(tally.malformed().first().getFirst().line())
        .isEqualTo(AccessLogOracle.MALFORMED_LINE);
  }

  @Test
  void balancesTheBooks() {
    BooksAnswer books = millrace.views().books();

    assertThat(books.balanced()).as(books.text()).isTrue();
    assertThat(books.outcome("counted") + books.outcome("bot")).isEqualTo(oracle.requests());
    assertThat(books.outcome("late")).isZero();
    assertThat(books.outcome("invalid")).isZero();
  }

  @Test
  void givesEveryPathTheNumberThatTheLogSays() {
    // Given
    Map<String, Long> counted = millrace.views().sums("pages", OF_SITE, "path", "events");
    Map<String, Long> enriched =
        countedBy(
            millrace.topics().enrichedClicks().stream(), click -> pathOf(click.click().url()));
    Map<String, Long> bots =
        countedBy(rejected(Outcome.BOT), click -> pathOf(payloadOf(click).url()));

    // Then
    assertThat(counted).as("counted, in the view and in the topic").isEqualTo(enriched);
    assertThat(sum(counted, bots)).as("counted and bots").isEqualTo(oracle.requestsByPath());
    assertThat(bots).as("the log has bots, or this proves little").isNotEmpty();
  }

  @Test
  void givesEveryDayTheNumberThatTheLogSays() {
    // Given
    Map<String, Long> counted = byDay("traffic", OF_SITE, "events");
    Map<String, Long> bots = byDay("outcomes", OF_SITE + "&outcome=bot", "events");

    // Then
    assertThat(sum(counted, bots)).isEqualTo(oracle.requestsByDay());
    assertThat(byDay("outcomes", OF_SITE + "&outcome=counted", "events")).isEqualTo(counted);
    assertThat(byDay("traffic", OF_SITE, "page_views"))
        .isEqualTo(
            countedBy(
                millrace.topics().enrichedClicks().stream()
                    .filter(click -> click.click().type() == EventType.PAGE),
                click -> dayOf(Instant.ofEpochMilli(click.click().time()))));
  }

  @Test
  void givesTheSessionsThatTheTimesOfEachVisitorsEventsSay() {
    // Given
    Map<String, List<ClickEvent>> byVisitor =
        millrace.topics().enrichedClicks().stream()
            .map(EnrichedClick::click)
            .sorted(Comparator.comparingLong(ClickEvent::time))
            .collect(Collectors.groupingBy(click -> click.visitor().value()));
    long sessions = 0;
    long duration = 0;
    for (List<ClickEvent> events : byVisitor.values()) {
      long last = Long.MIN_VALUE;
      for (ClickEvent event : events) {
        if (event.time() - INACTIVITY > last) {
          sessions++;
        } else {
          duration += event.time() - last;
        }
        last = event.time();
      }
    }

    // Then
    JsonNode row = millrace.views().rows("session_totals", OF_SITE).getFirst();
    assertThat(row.required("sessions").asLong()).isEqualTo(sessions);
    assertThat(row.required("duration_ms").asLong()).isEqualTo(duration);
    assertThat(row.required("page_views").asLong())
        .isEqualTo(
            byVisitor.values().stream()
                .flatMap(List::stream)
                .filter(click -> click.type() == EventType.PAGE)
                .count());
    assertThat(sessions)
        .as("some came back, or this proves little")
        .isGreaterThan(byVisitor.size());
    for (String view : List.of("entry_pages", "exit_pages", "session_sources")) {
      assertThat(
              millrace.views().rows(view, OF_SITE).stream()
                  .mapToLong(each -> each.required("sessions").asLong())
                  .sum())
          .as(view)
          .isEqualTo(sessions);
    }
  }

  @Test
  void givesEveryCoarserWindowTheSumOfTheFinerOnes() {
    long total = total("traffic", "");

    assertThat(total("traffic", "&grain=minute")).isEqualTo(total);
    assertThat(total("traffic", "&grain=hour")).isEqualTo(total);
    assertThat(total("traffic", "&grain=day")).isEqualTo(total);
    for (String view :
        List.of(
            "pages",
            "referrers",
            "countries",
            "devices",
            "browsers",
            "operating_systems",
            "campaigns")) {
      assertThat(total(view, "")).as(view).isEqualTo(total);
    }
  }

  @Test
  void tellsTheSameOutcomesInTheViewAsInTheBooks() {
    Map<String, Long> outcomes = millrace.views().sums("outcomes", OF_SITE, "outcome", "events");
    Map<String, Long> books = new TreeMap<>(millrace.views().books().outcomes());
    books.values().removeIf(count -> count == 0);

    assertThat(outcomes).isEqualTo(books);
  }

  @Test
  void countsNothingMoreWhenTheLogIsImportedAgain() throws Exception {
    // Given
    Path renamed = folder.resolve("yesterday.txt");
    unzip(AccessLogOracle.file(), renamed);
    BooksAnswer before = millrace.views().books();
    List<JsonNode> pages = millrace.views().rows("pages", OF_SITE);
    Map<String, Long> urls = millrace.views().sums("url_click_counts", "", "url", "clicks");

    // When
    assertThat(imported(AccessLogOracle.file()).accepted()).isEqualTo(oracle.requests());
    assertThat(imported(renamed).accepted()).isEqualTo(oracle.requests());
    BooksAnswer after = millrace.awaitAccounted(before.accepted() + 2 * oracle.requests());

    // Then
    assertThat(after.balanced()).as(after.text()).isTrue();
    assertThat(after.outcome("duplicate") - before.outcome("duplicate"))
        .isEqualTo(after.accepted() - before.accepted());
    assertThat(after.outcome("counted")).isEqualTo(before.outcome("counted"));
    assertThat(after.outcome("bot")).isEqualTo(before.outcome("bot"));
    assertThat(millrace.views().rows("pages", OF_SITE)).isEqualTo(pages);
    assertThat(millrace.views().sums("url_click_counts", "", "url", "clicks")).isEqualTo(urls);
  }

  @Test
  void showsTheCountOfEachUrlToKafkasOwnConsoleConsumer() throws Exception {
    // When
    Map<String, String> latest = new TreeMap<>();
    consoleConsumed("url-click-counts")
        .lines()
        .map(line -> line.split("\t", 2))
        .forEach(record -> latest.put(record[0], record[1]));

    // Then
    Map<String, Long> counts = new TreeMap<>();
    for (var entry : latest.entrySet()) {
      JsonNode json = new ObjectMapper().readTree(entry.getValue());
      assertThat(json.required("url").asText()).isEqualTo(entry.getKey());
      counts.put(entry.getKey(), json.required("clicks").asLong());
    }
    assertThat(counts)
        .isEqualTo(millrace.views().sums("url_click_counts", "", "url", "clicks"))
        .hasSizeGreaterThan(500);
  }

  private String consoleConsumed(String topic) {
    try (ChildJvm consumer =
        ChildJvm.start(
            "org.apache.kafka.tools.consumer.ConsoleConsumer",
            "--bootstrap-server",
            millrace.local().bootstrapServers(),
            "--topic",
            topic,
            "--from-beginning",
            "--isolation-level",
            "read_committed",
            "--formatter-property",
            "print.key=true",
            "--timeout-ms",
            "8000")) {
      consumer.awaitExit(Duration.ofMinutes(2));
      assertThat(consumer.errors()).contains("Processed a total of");
      return consumer.output();
    }
  }

  private ImportTally imported(Path file) throws IOException, InterruptedException {
    try (EventSender sender = millrace.sender()) {
      var request = new ImportRequest(file, LogFormat.AUTO, RunningInstance.SITE, true);
      return new LogImport(request, sender, progress -> {}).run();
    }
  }

  private Stream<RejectedClick> rejected(Outcome outcome) {
    return millrace.topics().rejectedClicks().stream().filter(click -> click.outcome() == outcome);
  }

  private Map<String, Long> byDay(String view, String parameters, String aggregate) {
    return millrace.views().rows(view, parameters + "&grain=day").stream()
        .collect(
            Collectors.groupingBy(
                row -> dayOf(Instant.parse(row.required("time").asText())),
                TreeMap::new,
                Collectors.summingLong(row -> row.required(aggregate).asLong())));
  }

  private long total(String view, String parameters) {
    return millrace.views().rows(view, OF_SITE + parameters).stream()
        .mapToLong(row -> row.required("events").asLong())
        .sum();
  }

  private static String dayOf(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC).toString();
  }

  private static ClickEvent payloadOf(RejectedClick click) {
    return ClickEventCodec.decode(click.payload()).orThrow();
  }

  /** Cut out of the URL plainly, not as the program does it. */
  private static String pathOf(String url) {
    assertThat(url).startsWith(HOST);
    return url.substring(HOST.length()).split("\\?", 2)[0];
  }

  private static <T> Map<String, Long> countedBy(Stream<T> things, Function<T, String> property) {
    return things.collect(Collectors.groupingBy(property, TreeMap::new, Collectors.counting()));
  }

  private static Map<String, Long> sum(Map<String, Long> one, Map<String, Long> other) {
    var sum = new TreeMap<>(one);
    other.forEach((key, count) -> sum.merge(key, count, Long::sum));
    return sum;
  }

  private static void unzip(Path from, Path to) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(from))) {
      Files.copy(in, to);
    }
  }
}
