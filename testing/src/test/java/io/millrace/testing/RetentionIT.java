package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.model.EnrichedClick;
import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Distinct;
import io.millrace.model.cell.Grain;
import io.millrace.server.accesslog.ImportRequest;
import io.millrace.server.accesslog.LogFormat;
import io.millrace.server.accesslog.LogImport;
import io.millrace.server.sender.EventSender;
import io.millrace.testing.harness.AccessLogOracle;
import io.millrace.testing.harness.BooksAnswer;
import io.millrace.testing.harness.HttpAnswer;
import io.millrace.testing.harness.RunningInstance;
import io.millrace.testing.harness.TestEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A log of 2015 is all there until the site has newer events. Then its minutes and hours go, from
 * what queries tell and from what is stored, and its days stay as they were.
 */
@Tag("long")
@Timeout(600)
class RetentionIT {
  private static final String CELLS = "millrace-processor-cells-changelog";
  private static final String TRAFFIC = "/api/v1/views/traffic?site=" + RunningInstance.SITE;
  private static final Instant FIRST_DAY = Instant.parse("2015-05-17T00:00:00Z");
  private static final Instant AFTER_LAST_DAY = Instant.parse("2015-05-21T00:00:00Z");
  private static final String OF_2015 =
      "site=" + RunningInstance.SITE + "&from=" + FIRST_DAY + "&to=" + AFTER_LAST_DAY;

  @Test
  void minutesGoWhenNewerEventsComeAndDaysStayRight(@TempDir Path folder) throws Exception {
    long accepted;
    List<JsonNode> days;
    try (RunningInstance millrace = RunningInstance.start(folder)) {
      // Given
      imported(millrace);
      accepted = millrace.awaitAccounted(AccessLogOracle.ofExample().requests()).accepted();
      days = rows(millrace, "day");
      assertThat(events(rows(millrace, "minute"))).isEqualTo(events(days));
      assertThat(events(rows(millrace, "hour"))).isEqualTo(events(days));
      assertThat(storedWindows(millrace, Grain.MINUTE))
          .isEqualTo(rows(millrace, "minute").size())
          .isPositive();

      // When
      millrace.http().postEvents(RunningInstance.KEY, TestEvent.now("live", "/").json());
      accepted = Math.max(accepted + 1, millrace.awaitAccounted(accepted + 1).accepted());

      // Then
      requireGone(millrace);
      assertThat(rows(millrace, "day")).isEqualTo(days);
      requireVisitorsOfTheLog(millrace, days);
      await("cells deleted from the store")
          .atMost(Duration.ofMinutes(4))
          .pollInterval(Duration.ofSeconds(5))
          .untilAsserted(
              () -> {
                assertThat(storedWindows(millrace, Grain.MINUTE)).isZero();
                assertThat(storedWindows(millrace, Grain.HOUR)).isZero();
              });
      assertThat(storedWindows(millrace, Grain.DAY)).isEqualTo(days.size());
      assertThat(rows(millrace, "day")).isEqualTo(days);
    }

    try (RunningInstance millrace = RunningInstance.start(folder)) {
      // When
      Instant late = Instant.parse("2015-05-18T12:00:00Z");
      millrace
          .http()
          .postEvents(RunningInstance.KEY, new TestEvent("late", "v", "/late", late).json());
      BooksAnswer books = millrace.awaitAccounted(accepted + 1);

      // Then
      requireGone(millrace);
      assertThat(events(rows(millrace, "day"))).isEqualTo(events(days) + 1);
      assertThat(storedWindows(millrace, Grain.MINUTE)).isZero();
      assertThat(books.balanced()).as(books.text()).isTrue();
      assertThat(books.outcome("late") + books.outcome("invalid")).isZero();
    }
  }

  private static void imported(RunningInstance millrace) throws Exception {
    try (EventSender sender = millrace.sender()) {
      var request =
          new ImportRequest(AccessLogOracle.file(), LogFormat.AUTO, RunningInstance.SITE, true);
      assertThat(new LogImport(request, sender, progress -> {}).run().failure()).isEmpty();
    }
  }

  private static void requireGone(RunningInstance millrace) {
    for (String grain : List.of("minute", "hour")) {
      HttpAnswer series = millrace.http().get(TRAFFIC + "&grain=" + grain + "&from=" + FIRST_DAY);
      assertThat(series.status()).as(series.body()).isEqualTo(422);
      assertThat(series.body()).contains("\"not_kept\"", grain + " since 20");
    }
    JsonNode total =
        millrace.http().get(TRAFFIC + "&from=2015-05-17T10:00:00Z&to=2015-05-18T12:00:00Z").json();
    assertThat(total.path("covered_from").asText()).isEqualTo("2015-05-18T00:00:00Z");
    assertThat(total.path("covered_to").asText()).isEqualTo("2015-05-19T00:00:00Z");
  }

  /** Counted from the topic of enriched events, which nothing here deletes from. */
  private static void requireVisitorsOfTheLog(RunningInstance millrace, List<JsonNode> days) {
    Map<String, Long> visitors =
        millrace.topics().enrichedClicks().stream()
            .map(EnrichedClick::click)
            .filter(click -> click.time() < AFTER_LAST_DAY.toEpochMilli())
            .collect(
                Collectors.groupingBy(
                    click -> Instant.ofEpochMilli(Grain.DAY.windowStart(click.time())).toString(),
                    TreeMap::new,
                    Collectors.mapping(
                        click -> click.visitor().value(),
                        Collectors.collectingAndThen(
                            Collectors.toSet(), distinct -> (long) distinct.size()))));
    assertThat(days).hasSize(visitors.size());
    for (JsonNode day : days) {
      double expected = visitors.get(day.required("time").asText());
      assertThat(day.required("visitors").asDouble())
          .isCloseTo(expected, within(6 * Distinct.RELATIVE_ERROR * expected));
    }
  }

  private static List<JsonNode> rows(RunningInstance millrace, String grain) {
    List<JsonNode> rows = millrace.views().rows("traffic", OF_2015 + "&grain=" + grain);
    // Whether they are final is a matter of how far the log has come meanwhile.
    rows.forEach(row -> ((ObjectNode) row).remove("final"));
    return rows;
  }

  private static long events(List<JsonNode> rows) {
    return rows.stream().mapToLong(row -> row.required("events").asLong()).sum();
  }

  /** How many cells of 2015 the changelog of the cells has of a grain of the view traffic. */
  private static long storedWindows(RunningInstance millrace, Grain grain) {
    var stored = new HashMap<CellKey, Boolean>();
    millrace
        .topics()
        .records(CELLS)
        .forEach(
            record -> {
              if (record.key()[0] != 0) {
                stored.put(CellKey.parse(record.key()), record.value() != null);
              }
            });
    return stored.entrySet().stream()
        .filter(entry -> entry.getValue() && isOf2015(entry.getKey(), grain))
        .count();
  }

  private static boolean isOf2015(CellKey key, Grain grain) {
    return key.view().equals("traffic")
        && key.grain() == grain
        && key.windowStart() < AFTER_LAST_DAY.toEpochMilli();
  }
}
