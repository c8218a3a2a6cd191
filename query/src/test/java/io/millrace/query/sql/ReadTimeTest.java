package io.millrace.query.sql;

import static io.millrace.query.testing.ClickBuilder.aClick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.query.error.QueryException;
import io.millrace.views.JudgedClick;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What views have on top of their cells: windows that hop, HAVING and computed columns. */
class ReadTimeTest {
  private static final String BUSY =
      """
      CREATE MATERIALIZED VIEW busy AS
      SELECT site, window_start, window_end, path, COUNT(*) AS events,
             APPROX_COUNT_DISTINCT(visitor) AS visitors
      FROM TABLE(TUMBLE(TABLE clicks, DESCRIPTOR(event_time), INTERVAL '1' MINUTE))
      GROUP BY site, window_start, window_end, path
      HAVING COUNT(*) > 1 AND path <> '/never' AND site = 'demo'
      """;

  private static final String RATIOS =
      """
      CREATE MATERIALIZED VIEW ratios AS
      SELECT site, window_start, window_end, path, COUNT(*) AS events,
             COUNT(*) * 1.0 / APPROX_COUNT_DISTINCT(visitor) AS per_visitor,
             SUM(CHAR_LENGTH(path)) + 1 AS characters,
             100 * AVG(CHAR_LENGTH(country)) AS mean,
             SUM(CHAR_LENGTH(path)) / (COUNT(*) - COUNT(*)) AS never
      FROM TABLE(TUMBLE(TABLE clicks, DESCRIPTOR(event_time), INTERVAL '1' MINUTE))
      GROUP BY site, window_start, window_end, path
      """;

  private static final String HOPS =
      """
      CREATE MATERIALIZED VIEW hops AS
      SELECT site, window_start, window_end, path, COUNT(*) AS events,
             COUNT(DISTINCT visitor) AS visitors
      FROM TABLE(HOP(TABLE clicks, DESCRIPTOR(event_time), INTERVAL '1' MINUTE,
                     INTERVAL '3' MINUTES))
      GROUP BY site, window_start, window_end, path
      """;

  private static JudgedClick[] clicks() {
    return new JudgedClick[] {
      aClick().visitor("ada").path("/").counted(),
      aClick().visitor("ada").path("/").counted(),
      aClick().visitor("bob").path("/").at("2026-11-01T10:01:00Z").counted(),
      aClick().visitor("bob").path("/a").at("2026-11-01T10:01:59Z").counted(),
      aClick().visitor("bob").path("/never").counted(),
      aClick().visitor("bob").path("/never").counted(),
      aClick().site("other").visitor("eve").path("/").counted(),
      aClick().site("other").visitor("eve").path("/").counted(),
    };
  }

  @Test
  void havingSaysWhichCellsAreRows() {
    SqlDesk desk = SqlDesk.withViews(BUSY).with(clicks());

    assertThat(
            desk.json(
                "SELECT path, window_start, events, MERGE(visitors) FROM busy"
                    + " GROUP BY path, window_start, events"))
        .isEqualTo("[[\"/\",\"2026-11-01T10:00:00Z\",2,1]]");
  }

  /** Sums are of the rows of the view, so those that it does not have are in none. */
  @Test
  void havingComesBeforeWhatTheQueryMerges() {
    SqlDesk desk = SqlDesk.withViews(BUSY).with(clicks());

    assertThat(desk.json("SELECT SUM(events), MERGE(visitors), COUNT(*) FROM busy"))
        .isEqualTo("[[2,1,1]]");
    assertThat(
            desk.json(
                "SELECT FLOOR(window_start TO DAY), SUM(events) FROM busy"
                    + " GROUP BY FLOOR(window_start TO DAY)"))
        .isEqualTo("[[\"2026-11-01T00:00:00Z\",2]]");
    assertThat(desk.plan("SELECT SUM(events) FROM busy"))
        .contains("each cell of grain minute, rows with");
  }

  @Test
  void columnsAreComputedOfTheAggregatesOfARow() {
    SqlDesk desk = SqlDesk.withViews(RATIOS).with(clicks());

    SqlAnswer answer =
        desk.answer(
            "SELECT * FROM ratios WHERE site = 'demo' AND path = '/'" + " ORDER BY window_start");

    assertThat(answer.columns())
        .extracting(SqlAnswer.Column::name)
        .containsExactly(
            "site",
            "window_start",
            "window_end",
            "path",
            "events",
            "per_visitor",
            "characters",
            "mean",
            "never");
    assertThat(
            desk.json(
                "SELECT per_visitor, characters, mean, never FROM ratios"
                    + " WHERE site = 'demo' AND path = '/' ORDER BY window_start"))
        .isEqualTo("[[2.000000,3,200,null],[1.000000,2,200,null]]");
    assertThat(desk.json("SELECT SUM(characters), MAX(per_visitor) FROM ratios"))
        .isEqualTo("[[24,2.000000]]");
  }

  @Test
  void whatIsComputedCannotBeMerged() {
    SqlDesk desk = SqlDesk.withViews(RATIOS);

    assertThat(
            catchThrowableOfType(
                QueryException.class, () -> desk.rows("SELECT MERGE(per_visitor) FROM ratios")))
        .hasMessageContaining("column of a view that is an aggregate");
  }

  @Test
  void aWindowThatHopsIsMergedOfTheCellsWithinIt() {
    SqlDesk desk = SqlDesk.withViews(HOPS).with(clicks());

    assertThat(
            desk.json(
                "SELECT window_start, window_end, events, VALUE_OF(visitors) FROM hops"
                    + " WHERE site = 'demo' AND path = '/' ORDER BY window_start"))
        .isEqualTo(
            """
            [["2026-11-01T09:58:00Z","2026-11-01T10:01:00Z",2,1],\
            ["2026-11-01T09:59:00Z","2026-11-01T10:02:00Z",3,2],\
            ["2026-11-01T10:00:00Z","2026-11-01T10:03:00Z",3,2],\
            ["2026-11-01T10:01:00Z","2026-11-01T10:04:00Z",1,1]]""");
  }

  @Test
  void aSpanIsOfTheStartsOfWindows() {
    SqlDesk desk = SqlDesk.withViews(HOPS).with(clicks());

    assertThat(
            desk.json(
                "SELECT window_start, events FROM hops WHERE site = 'demo' AND path = '/'"
                    + " AND window_start >= TIMESTAMP '2026-11-01 09:58:30'"
                    + " AND window_start < TIMESTAMP '2026-11-01 10:00:30' ORDER BY 1"))
        .isEqualTo("[[\"2026-11-01T09:59:00Z\",3],[\"2026-11-01T10:00:00Z\",3]]");
    assertThat(
            desk.json(
                "SELECT window_start, events FROM hops WHERE site = 'demo' AND path = '/'"
                    + " AND window_end = TIMESTAMP '2026-11-01 10:04:00'"))
        .isEqualTo("[[\"2026-11-01T10:01:00Z\",1]]");
    assertThat(desk.plan("SELECT SUM(events) FROM hops"))
        .contains("windows of 3 cells of grain minute that hop by one");
  }

  /** Against windows made event by event, with the sets of their visitors. */
  @Test
  void hopsSayWhatEventByEventSays() {
    for (long seed = 1; seed <= 20; seed++) {
      var random = new Random(seed);
      SqlDesk desk = SqlDesk.withViews(HOPS);
      Map<List<String>, Integer> events = new HashMap<>();
      Map<List<String>, Set<String>> visitors = new HashMap<>();
      for (int i = 0; i < 60; i++) {
        Instant time = Instant.parse("2026-11-01T10:00:00Z").plusSeconds(random.nextInt(900));
        String path = "/" + random.nextInt(3);
        String visitor = "v" + random.nextInt(8);
        desk.with(aClick().at(time).path(path).visitor(visitor).counted());
        Instant minute = Instant.ofEpochSecond(time.getEpochSecond() / 60 * 60);
        for (int back = 0; back < 3; back++) {
          List<String> window = List.of(minute.minus(Duration.ofMinutes(back)).toString(), path);
          events.merge(window, 1, Integer::sum);
          visitors.computeIfAbsent(window, none -> new HashSet<>()).add(visitor);
        }
      }
      var expected = new TreeMap<String, String>();
      events.forEach(
          (window, count) ->
              expected.put(window.toString(), count + " " + visitors.get(window).size()));

      var actual = new TreeMap<String, String>();
      for (List<Object> row :
          desk.rows("SELECT window_start, path, events, VALUE_OF(visitors) FROM hops")) {
        List<Object> values = new ArrayList<>(row);
        actual.put(
            List.of(values.get(0), values.get(1)).toString(), values.get(2) + " " + values.get(3));
      }

      assertThat(actual).as("seed " + seed).isEqualTo(expected);
    }
  }
}
