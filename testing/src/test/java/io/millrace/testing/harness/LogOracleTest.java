package io.millrace.testing.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.ClickEvent;
import io.millrace.model.EventType;
import io.millrace.model.Outcome;
import io.millrace.model.SiteId;
import io.millrace.model.VisitorId;
import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Grain;
import io.millrace.model.codec.ClickEventCodec;
import io.millrace.server.drill.proof.LogOracle;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** The checker itself: what it says of a log that can be counted by hand, and that it can fail. */
class LogOracleTest {
  private static final long NOON = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
  private static final long MINUTE = 60_000;
  private static final String SITE = "shop.example";

  private final List<ConsumerRecord<byte[], byte[]>> log = new ArrayList<>();

  @Test
  void saysWhatAPersonWouldCount() {
    // Given
    add(event("1", "a", "/in", NOON));
    add(event("2", "a", "/out", NOON + 30 * MINUTE));
    add(event("2", "a", "/out", NOON + 30 * MINUTE));
    add(event("3", "a", "/in", NOON + 61 * MINUTE));
    add(event("3", "b", "/in", NOON));
    add(event("4", "b", "/in", NOON - Duration.ofHours(80).toMillis()));
    log.add(new ConsumerRecord<>("click-events", 0, log.size(), null, new byte[] {1}));

    // When
    LogOracle oracle = LogOracle.of(log, 2, site -> Duration.ofMinutes(30), new FieldFacts());

    // Then
    assertThat(oracle.outcomes())
        .isEqualTo(
            Map.of(
                Outcome.COUNTED, 4L, Outcome.DUPLICATE, 1L, Outcome.LATE, 1L, Outcome.INVALID, 1L));
    assertThat(cell(oracle, "pages", Grain.DAY, NOON - 12 * 60 * MINUTE, "/in"))
        .isEqualTo(numbers("events", 3, "page_views", 3, "visitors", 2));
    assertThat(cell(oracle, "session_totals", Grain.HOUR, NOON))
        .isEqualTo(
            numbers(
                "sessions", 2,
                "bounces", 1,
                "page_views", 3,
                "duration_ms", 1_800_000,
                "bounce_rate", 0.5,
                "average_duration_ms", 900_000));
    assertThat(cell(oracle, "exit_pages", Grain.MINUTE, NOON, "/out"))
        .containsEntry("sessions", BigDecimal.ONE);
    assertThat(cell(oracle, "session_totals", Grain.HOUR, NOON + 60 * MINUTE))
        .containsEntry("sessions", BigDecimal.ONE);
    assertThat(oracle.cells())
        .containsEntry(
            new CellKey("books", Grain.ALL, "", 0, List.of("0", "1")),
            numbers(
                "accounted_through", 7,
                "received_through", NOON + 61 * MINUTE,
                "offset_sum", 21,
                "counted", 4,
                "duplicate", 1,
                "bot", 0,
                "late", 1,
                "invalid", 1));
  }

  @Test
  void everyKindOfDifferenceIsTold() {
    // Given
    var key = new CellKey("pages", Grain.ALL, SITE, 0, List.of("/"));
    var right = Map.of(key, numbers("events", 2, "visitors", 1_000));

    // Then
    assertThat(CellTable.differences(right, right)).isEmpty();
    assertThat(CellTable.differences(right, Map.of(key, numbers("events", 2, "visitors", 1_020))))
        .isEmpty();
    assertThat(CellTable.differences(right, Map.of()))
        .singleElement()
        .asString()
        .contains("missing");
    assertThat(CellTable.differences(Map.of(), right))
        .singleElement()
        .asString()
        .contains("should not be there");
    for (var wrong :
        List.of(
            numbers("events", 1, "visitors", 1_000),
            numbers("events", 2, "visitors", 1_200),
            numbers("events", 2))) {
      assertThat(CellTable.differences(right, Map.of(key, wrong))).hasSize(1);
    }
    var few = Map.of(key, numbers("visitors", 256));
    assertThat(CellTable.differences(few, Map.of(key, numbers("visitors", 257)))).hasSize(1);
  }

  private static Map<String, BigDecimal> cell(
      LogOracle oracle, String view, Grain grain, long window, String... group) {
    return oracle
        .cells()
        .getOrDefault(new CellKey(view, grain, SITE, window, List.of(group)), Map.of());
  }

  private static Map<String, BigDecimal> numbers(Object... namesAndNumbers) {
    var numbers = new HashMap<String, BigDecimal>();
    for (int i = 0; i < namesAndNumbers.length; i += 2) {
      numbers.put(namesAndNumbers[i].toString(), new BigDecimal(namesAndNumbers[i + 1].toString()));
    }
    return numbers;
  }

  private void add(ClickEvent event) {
    log.add(
        new ConsumerRecord<>(
            "click-events",
            0,
            log.size(),
            event.receivedTime(),
            TimestampType.CREATE_TIME,
            0,
            0,
            null,
            ClickEventCodec.encode(event),
            new RecordHeaders(),
            Optional.empty()));
  }

  private static ClickEvent event(String id, String visitor, String path, long time) {
    return new ClickEvent(
        id,
        new SiteId(SITE),
        new VisitorId(visitor),
        EventType.PAGE,
        "",
        "http://shop.example" + path,
        "direct",
        "",
        "",
        "",
        time,
        0,
        0,
        Math.max(time, NOON),
        "",
        "Firefox",
        "",
        "",
        "",
        false);
  }
}
