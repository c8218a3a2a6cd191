package io.millrace.query.sql;

import static io.millrace.query.testing.ClickBuilder.aClick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SqlLimitsTest {
  private static final Instant FIRST = Instant.parse("2026-11-01T00:00:00Z");

  @Test
  void readsSoManyCellsAndNoMore() {
    SqlDesk desk = desk(new SqlLimits(100, 50, 10_000, Duration.ofMinutes(1)), 60);

    assertTooLarge(desk, "SELECT COUNT(*) FROM traffic", "more than 50 cells");
    // Merged, they are read from one cell of an hour.
    assertThat(desk.json("SELECT SUM(events) FROM traffic")).isEqualTo("[[60]]");
  }

  @Test
  void holdsSoManyRowsAndNoMore() {
    SqlDesk desk = desk(new SqlLimits(100, 100_000, 1_000, Duration.ofMinutes(1)), 200);

    assertThat(desk.json("SELECT COUNT(*) FROM traffic")).isEqualTo("[[200]]");
    assertTooLarge(
        desk,
        "SELECT a.window_start, b.window_start FROM traffic a CROSS JOIN traffic b ORDER BY 1, 2",
        "more than 1000 rows in memory");
    // A row with a sketch counts as ten.
    assertTooLarge(desk, "SELECT visitors FROM traffic", "more than 1000 rows in memory");
    assertThat(desk.json("SELECT MERGE(visitors) FROM traffic")).isEqualTo("[[1]]");
  }

  @Test
  void takesSoLongAndNoLonger() {
    SqlDesk desk = desk(new SqlLimits(100, 1_000_000, 1L << 50, Duration.ofMillis(1500)), 1_000);

    assertTooLarge(
        desk,
        """
        SELECT COUNT(*) FROM traffic a, traffic b, traffic c, traffic d
        WHERE a.events + b.events + c.events + d.events < 0""",
        "longer than 1500 ms");
  }

  @Test
  void putsTogetherNoTextThatFillsTheMemory() {
    var sql = new StringBuilder("WITH t0 AS (SELECT path || 'xxxxxxxxxxxxxxxx' AS x FROM pages)");
    for (int i = 1; i <= 30; i++) {
      sql.append(", t")
          .append(i)
          .append(" AS (SELECT x || x AS x FROM t")
          .append(i - 1)
          .append(')');
    }
    SqlDesk desk = desk(SqlDesk.LIMITS, 1);

    assertTooLarge(desk, sql + " SELECT x FROM t14", "more than 65536 characters");
  }

  @Test
  void holdsSoMuchTextAndNoMore() {
    var sql =
        new StringBuilder("WITH t0 AS (SELECT window_start, path || 'xxxxxxxxxx' AS x FROM pages)");
    for (int i = 1; i <= 11; i++) {
      sql.append(", t%d AS (SELECT window_start, x || x AS x FROM t%d)".formatted(i, i - 1));
    }
    SqlDesk desk =
        desk(new SqlLimits(5_000, 100_000, 100_000, 20L << 20, SqlDesk.LIMITS.timeout()), 600);

    assertThat(desk.rows(sql + " SELECT x FROM t11 LIMIT 100")).hasSize(100);
    assertTooLarge(desk, sql + " SELECT x FROM t11", "more than 20 MiB of text");
    assertTooLarge(
        desk,
        sql
            + " SELECT COUNT(*) FROM (SELECT DISTINCT x || CAST(window_start AS VARCHAR) AS y FROM t11)",
        "more than 20 MiB of text");
  }

  @Test
  void joinsSoManyViewsAndNoMore() {
    SqlDesk desk = desk(SqlDesk.LIMITS, 1);
    String many =
        IntStream.rangeClosed(0, FunctionBinding.MOST_TABLES)
            .mapToObj(i -> "traffic t" + i)
            .collect(java.util.stream.Collectors.joining(", "));

    assertThatThrownBy(() -> desk.answer("SELECT 1 FROM " + many))
        .isInstanceOf(QueryException.class)
        .hasMessageContaining("at most 40 views");
    assertThat(desk.rows("SELECT 1 FROM " + many.substring(0, many.lastIndexOf(',')))).hasSize(1);
  }

  @Test
  void aPatternWithManyStarsIsNoTrap() {
    SqlDesk desk = new SqlDesk().with(aClick().path("/" + "a".repeat(2_000)).counted());

    assertThat(desk.json("SELECT COUNT(*) FROM pages WHERE path LIKE '" + "%a".repeat(60) + "%b'"))
        .isEqualTo("[[0]]");
  }

  private static SqlDesk desk(SqlLimits limits, int minutes) {
    var desk = new SqlDesk(limits);
    IntStream.range(0, minutes)
        .mapToObj(i -> aClick().at(FIRST.plusSeconds(60L * i)).counted())
        .forEach(desk.cells::add);
    return desk;
  }

  private static void assertTooLarge(SqlDesk desk, String sql, String message) {
    assertThatThrownBy(() -> desk.answer(sql))
        .isInstanceOfSatisfying(
            QueryException.class,
            refused -> assertThat(refused.code()).isEqualTo(QueryErrorCode.QUERY_TOO_LARGE))
        .hasMessageContaining(message);
  }
}
