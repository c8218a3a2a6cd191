package io.millrace.query.sql;

import static io.millrace.query.testing.ClickBuilder.aClick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushDownTest {
  private static final Instant FIRST = Instant.parse("2026-10-20T00:00:00Z");
  private static final int MINUTES = 12 * 24 * 60;

  private final SqlDesk desk = new SqlDesk();

  /** One click in every tenth minute of twelve days, on one of three pages. */
  private void fill() {
    IntStream.range(0, MINUTES / 10)
        .mapToObj(
            i ->
                aClick()
                    .at(FIRST.plusSeconds(600L * i))
                    .path("/" + i % 3)
                    .visitor("v" + i % 50)
                    .counted())
        .forEach(desk.cells::add);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SELECT SUM(events) FROM pages                                              | cells merged over all windows, columns [events]
          SELECT path, MERGE(visitors) FROM pages GROUP BY path                      | cells merged over all windows, columns [path, visitors]
          SELECT SUM(events) FROM pages WHERE path LIKE '/%'                         | cells merged over all windows, columns [path, events]
          SELECT UPPER(path), SUM(events) FROM pages GROUP BY UPPER(path)            | cells merged over all windows, columns [path, events]
          SELECT FLOOR(window_start TO DAY), SUM(events) FROM pages GROUP BY 1       | cells merged by day, columns [window_start, events]
          SELECT FLOOR(window_start TO MONTH), SUM(events) FROM pages GROUP BY 1     | cells merged by day
          SELECT CAST(window_start AS DATE), SUM(events) FROM pages GROUP BY 1       | cells merged by day
          SELECT FLOOR(window_start TO HOUR), MAX(last_time) FROM mixed GROUP BY 1   | cells merged by hour
          SELECT window_start, SUM(events) FROM pages GROUP BY 1                     | cells merged by minute
          SELECT DISTINCT path FROM pages                                            | cells merged over all windows, columns [path]
          SELECT COUNT(DISTINCT path) FROM pages                                     | cells merged over all windows, columns [path]
          SELECT MIN(path), MAX(path) FROM pages                                     | cells merged over all windows, columns [path]
          SELECT SUM(events) FILTER (WHERE path = '/') FROM pages                    | cells merged over all windows, columns [path, events]
          SELECT n FROM (SELECT path, SUM(events) AS n FROM pages GROUP BY path)     | cells merged over all windows, columns [path, events]
          SELECT SUM(events) FROM traffic WHERE site = 'demo'                        | cells merged over all windows, site in [demo], columns [events]
          SELECT SUM(events) FROM pages WHERE site IN ('a', 'b') AND path IN ('/x', '/y') | site in [a, b], path in [/x, /y], columns [events]
          SELECT SUM(events) FROM pages WHERE window_start >= TIMESTAMP '2026-11-01 00:00:00' AND window_start < TIMESTAMP '2026-11-02 00:00:00' | window_start from 2026-11-01T00:00:00Z, window_start before 2026-11-02T00:00:00Z, columns [events]
          SELECT SUM(events) FROM pages WHERE window_start > CURRENT_TIMESTAMP - INTERVAL '1' HOUR | window_start from 2026-11-01T11:00:30.001Z
          SELECT COUNT(*) FROM pages                                                 | each cell of grain minute
          SELECT AVG(events) FROM pages                                              | each cell of grain minute
          SELECT SUM(events * 2) FROM pages                                          | each cell of grain minute
          SELECT SUM(events) FROM pages WHERE events > 1                             | each cell of grain minute
          SELECT MAX(events) FROM pages                                              | each cell of grain minute
          SELECT SUM(last_time) FROM mixed                                           | each cell of grain minute
          SELECT EXTRACT(HOUR FROM window_start), SUM(events) FROM pages GROUP BY 1  | cells merged by minute
          SELECT MAX(window_end), SUM(events) FROM pages                             | cells merged by minute
          SELECT path FROM pages WHERE site = 'demo' AND path <> '/'                 | each cell of grain minute, site in [demo], columns [path]
          SELECT a.path FROM pages a JOIN (SELECT * FROM traffic WHERE site = 'demo') b ON a.site = b.site | each cell of grain minute, columns [site, path]
          """)
  void scansReadNoMoreThanIsNeeded(String sql, String reads) {
    assertThat(desk.plan(sql)).contains(reads);
  }

  @Test
  void readsDaysWhereItIsTheSame() {
    fill();

    SqlAnswer days =
        desk.answer("SELECT path, SUM(events), MERGE(visitors) FROM pages GROUP BY path");
    SqlAnswer uneven =
        desk.answer(
            """
            SELECT SUM(events) FROM pages WHERE window_start >= TIMESTAMP '2026-10-29 23:40:00'
            AND window_start < TIMESTAMP '2026-10-31 01:10:00'""");

    assertThat(days.rows()).extracting(row -> row.get(1)).containsOnly(576L);
    assertThat(days.rows()).extracting(row -> row.get(2)).containsOnly(50L);
    assertThat(days.cellsScanned()).isEqualTo(12 * 3);
    assertThat(uneven.rows().getFirst().getFirst()).isEqualTo(2L + 144 + 7);
    // Two cells of minutes, three of a day, three of an hour and one of a minute.
    assertThat(uneven.cellsScanned()).isEqualTo(2 + 3 + 3 + 1);
  }

  @Test
  void refusesWhatOnlyDeletedWindowsCouldAnswer() {
    fill();
    String from = "WHERE window_start >= TIMESTAMP '2026-10-21 00:30:00'";

    for (String sql :
        new String[] {
          "SELECT SUM(events) FROM traffic " + from,
          "SELECT COUNT(*) FROM traffic " + from,
          "SELECT window_start, SUM(events) FROM traffic " + from + " GROUP BY 1"
        }) {
      assertThatThrownBy(() -> desk.answer(sql))
          .isInstanceOfSatisfying(
              QueryException.class,
              refused -> assertThat(refused.code()).isEqualTo(QueryErrorCode.NOT_KEPT))
          .hasMessageContaining("minute since 2026-10-24T23:00:00Z");
    }
  }

  @Test
  void readsHoursWhereMinutesAreGone() {
    fill();

    assertThat(
            desk.json(
                """
                SELECT SUM(events) FROM traffic WHERE window_start >= TIMESTAMP '2026-10-21 02:00:00'
                AND window_start < TIMESTAMP '2026-10-22 05:00:00'"""))
        .isEqualTo("[[162]]");
  }

  @Test
  void whoSaysNoBeginningGetsWhatThereIs() {
    fill();

    // From the 24th, 23:00 on minutes are kept.
    assertThat(desk.json("SELECT COUNT(*), MIN(window_start) FROM traffic"))
        .isEqualTo("[[" + ((MINUTES - 5 * 24 * 60 + 60) / 10) + ",\"2026-10-24T23:00:00Z\"]]");
    assertThat(desk.json("SELECT SUM(events) FROM traffic")).isEqualTo("[[" + MINUTES / 10 + "]]");
  }
}
