package io.millrace.query.sql;

import static io.millrace.query.testing.ClickBuilder.aClick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.query.error.Position;
import io.millrace.query.error.QueryException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanCacheTest {
  private static final Instant FIRST = Instant.parse("2026-11-01T10:00:00Z");

  private final SqlDesk desk = new SqlDesk();

  @BeforeEach
  void fill() {
    IntStream.range(0, 120)
        .mapToObj(i -> aClick().at(FIRST.plusSeconds(60L * i)).path("/" + i % 3).counted())
        .forEach(desk.cells::add);
  }

  @Test
  void aQueryWithOtherTimesAndValuesHasTheSamePlan() {
    for (int minute = 0; minute < 60; minute++) {
      String sql =
          """
          SELECT SUM(events) FROM pages
          WHERE path = '/%d' AND window_start >= TIMESTAMP '2026-11-01 10:%02d:00'
            AND window_start < TIMESTAMP '2026-11-01 11:30:00'"""
              .formatted(minute % 3, minute);

      // Every third minute has the path, and it begins with that of the first.
      assertThat(desk.json(sql)).isEqualTo("[[%d]]".formatted((90 - minute + 2) / 3));
    }

    assertThat(desk.queries.plans().size()).isEqualTo(1);
  }

  @Test
  void whatIsReadIsAsNarrowAsWithLiterals() {
    String sql = "SELECT SUM(events) FROM pages WHERE site = '%s' AND path = '/1'";

    desk.rows(sql.formatted("demo"));

    assertThat(desk.answer(sql.formatted("other")).cellsScanned()).isZero();
    assertThat(desk.json(sql.formatted("demo"))).isEqualTo("[[40]]");
  }

  @Test
  void theTimeIsThatOfEachRun() {
    var clock = new Instant[] {FIRST.plusSeconds(30 * 60)};
    var desk = new SqlDesk(SqlDesk.LIMITS, () -> clock[0]);
    desk.with(aClick().at(FIRST).counted());
    String sql =
        "SELECT SUM(events), CURRENT_DATE FROM traffic"
            + " WHERE window_start > CURRENT_TIMESTAMP - INTERVAL '1' HOUR";

    assertThat(desk.json(sql)).isEqualTo("[[1,\"2026-11-01\"]]");
    clock[0] = clock[0].plus(Duration.ofDays(1));

    assertThat(desk.json(sql)).isEqualTo("[[null,\"2026-11-02\"]]");
    assertThat(desk.queries.plans().size()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT '%s' FROM pages WHERE path = '/0' LIMIT 1",
        "SELECT path LIKE '%s' FROM pages WHERE path = '/0' LIMIT 1",
        "SELECT path IN ('%s', 'y') FROM pages WHERE path = '/0' LIMIT 1",
      })
  void aLiteralThatIsPartOfThePlanIsPartOfTheKey(String sql) {
    desk.rows(sql.formatted("a"));
    Object second = desk.rows(sql.formatted("/0")).getFirst().getFirst();

    assertThat(second).isIn("/0", true);
    assertThat(desk.queries.plans().size()).isEqualTo(2);
  }

  @Test
  void aLiteralThatIsNoTimeIsRefusedAtItsPlaceAlsoWhereTheShapeIsKnown() {
    String sql = "SELECT SUM(events) FROM traffic WHERE window_start < TIMESTAMP '%s'";
    desk.rows(sql.formatted("2026-11-01 10:00:00"));

    assertThatThrownBy(() -> desk.rows(sql.formatted("2026-02-30 10:00:00")))
        .isInstanceOfSatisfying(
            QueryException.class,
            refused ->
                assertThat(refused.position().map(Position::line)).isEqualTo(Optional.of(1)));
  }

  @Test
  void aTextMayHaveQuotesAndLineBreaks() {
    desk.with(aClick().path("/it's\r\nme").counted());
    String sql = "SELECT\r\n SUM(events)\rFROM pages WHERE path\n= '%s' AND site = 'demo'";

    assertThat(desk.json(sql.formatted("/0"))).isEqualTo("[[40]]");
    assertThat(desk.json(sql.formatted("/it''s\r\nme"))).isEqualTo("[[1]]");
    assertThat(desk.queries.plans().size()).isEqualTo(1);
  }

  @Test
  void aPlanIsSharedByThreads() throws Exception {
    try (var threads = Executors.newFixedThreadPool(4)) {
      List<Callable<String>> queries =
          IntStream.range(0, 200)
              .mapToObj(
                  i ->
                      (Callable<String>)
                          () ->
                              desk.json(
                                  "SELECT path, SUM(events) FROM pages WHERE path = '/"
                                      + i % 3
                                      + "' GROUP BY path ORDER BY 2 DESC LIMIT 3"))
              .toList();

      for (int i = 0; i < queries.size(); i++) {
        assertThat(threads.submit(queries.get(i)).get()).isEqualTo("[[\"/" + i % 3 + "\",40]]");
      }
      for (var answer : threads.invokeAll(queries)) {
        assertThat(answer.get()).endsWith(",40]]");
      }
    }
  }

  @Test
  void isBoundedInNumber() {
    for (int i = 0; i < PlanCache.MOST_PLANS + 20; i++) {
      desk.rows("VALUES (" + i + ")");
    }

    assertThat(desk.queries.plans().size()).isEqualTo(PlanCache.MOST_PLANS);
    assertThat(desk.queries.plans().bytes()).isPositive();
  }

  @Test
  void parametersAreTyped() {
    String sql =
        "SELECT path, SUM(events) AS n FROM pages WHERE path = ? AND window_start >= ?"
            + " GROUP BY path HAVING SUM(events) > ?";
    SqlSignature signature = desk.queries.signature(sql);

    assertThat(signature.parameters().stream().map(SqlAnswer.Column::type))
        .containsExactly("VARCHAR", "TIMESTAMP", "BIGINT");
    assertThat(desk.answer(sql, List.of("/1", FIRST.plusSeconds(3600).toEpochMilli(), 0)).rows())
        .isEqualTo(List.of(List.of("/1", 20L)));
    assertThat(desk.answer(sql, List.of("/1", "2026-11-01 11:00:00", "20")).rows()).isEmpty();
    assertThatThrownBy(() -> desk.answer(sql, List.of("/1", "yesterday", 0)))
        .hasMessageContaining("parameter 2: expected TIMESTAMP, got yesterday");
    assertThatThrownBy(() -> desk.answer(sql, List.of("/1")))
        .hasMessageContaining("3 parameters, and 1 values");
  }

  @Test
  void aLimitMayBeAParameter() {
    assertThat(desk.answer("SELECT DISTINCT path FROM pages ORDER BY 1 LIMIT ?", List.of(2)).rows())
        .hasSize(2);
  }
}
